package dev.ecrrepo.cloudformation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What CloudFormation is told.
public sealed interface Response {

  /// @param data the attributes for `Fn::GetAtt`: flat, strings only, in this order
  record Success(String physicalId, Map<String, String> data) implements Response {
    public Success {
      data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
  }

  /// @param physicalId Create: blank means the marker of a failed Create. Update and Delete:
  ///   ignored; the event's own physical ID is always sent
  /// @param reason one or more sentences for the template author
  record Failure(String physicalId, String reason) implements Response {}

  String physicalId();
}
