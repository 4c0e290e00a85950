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

  /// @param physicalId blank for the usual one: the marker of a failed Create, the event's own ID
  ///   in an Update or Delete (where any other is replaced by it)
  /// @param reason one or more sentences for the template author
  record Failure(String physicalId, String reason) implements Response {}

  String physicalId();
}
