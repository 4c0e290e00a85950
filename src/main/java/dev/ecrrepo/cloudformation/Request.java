package dev.ecrrepo.cloudformation;

import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.identifier.StackId;
import java.time.Instant;
import java.util.Optional;

/// What CloudFormation asks for.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html
public sealed interface Request {

  /// Who asks, and when.
  ///
  /// @param requestId the same again in a repeated delivery. It tells which repository a Create has
  ///   created, and does not tell whether the work is done
  /// @param time when CloudFormation sent it, to the second; absent where the event does not tell
  ///   or cannot be believed
  record Context(
      String requestId, StackId stackId, String logicalResourceId, Optional<Instant> time) {}

  record Create(Context context, JsonObject properties) implements Request {}

  record Update(
      Context context, PhysicalId physicalId, JsonObject properties, JsonObject oldProperties)
      implements Request {}

  record Delete(Context context, PhysicalId physicalId, JsonObject properties) implements Request {}

  Context context();

  JsonObject properties();
}
