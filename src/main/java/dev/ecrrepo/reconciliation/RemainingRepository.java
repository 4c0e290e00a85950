package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.plan.ReconcileRequest;
import dev.ecrrepo.plan.ReconcileRequest.Operation;

/// Sentences about a repository that a failed request created and that remains. CloudFormation does
/// not know its name, or could not delete it.
final class RemainingRepository {

  private RemainingRepository() {}

  /// This invocation created it, and the clean-up failed: it could not be read or deleted. After an
  /// update that replaces the resource, no Delete follows.
  static String afterFailedCleanUp(ReconcileRequest request, EcrFailure cause) {
    String remains =
        "This request created the repository %s, which remains: %s"
            .formatted(request.name(), cause.getMessage());
    return request.operation() == Operation.REPLACE
        ? remains + " " + deletion(request.name())
        : remains;
  }

  /// An update that replaces the resource created it.
  static String ofUpdate(String name) {
    return "This update created the repository %s, which stays. %s".formatted(name, deletion(name));
  }

  private static String deletion(String name) {
    return "If the stack does not use it, delete it with `%s`."
        .formatted(EcrFailure.deletion(name));
  }

  /// An update that replaces the resource may have created it: the answer was lost.
  static String perhapsOfUpdate(String name) {
    return "This update may have created the repository %s. If no stack uses it, delete it with `%s`."
        .formatted(name, EcrFailure.deletion(name));
  }
}
