package dev.ecrrepo.cloudformation;

import dev.ecrrepo.document.Json.JsonObject;

/// What CloudFormation asks for.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html
public sealed interface Request {

  /// Who asks, and for what.
  ///
  /// @param requestId the same again when CloudFormation retries: a correlation key, never "done"
  /// @param resourceType as the template names it, `Custom::…`
  record Context(
      String requestId, StackId stackId, String logicalResourceId, String resourceType) {}

  record Create(Context context, JsonObject properties) implements Request {}

  record Update(
      Context context, PhysicalId physicalId, JsonObject properties, JsonObject oldProperties)
      implements Request {}

  record Delete(Context context, PhysicalId physicalId, JsonObject properties) implements Request {}

  Context context();

  JsonObject properties();
}
