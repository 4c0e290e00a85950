package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.plan.ReconcileRequest;
import dev.ecrrepo.plan.ReconcileRequest.Operation;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Ownership;
import java.util.Optional;

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

  /// The outcome of the creation, or of the change of the tags that takes a repository over, is not
  /// known, and the repository could not be read afterwards.
  ///
  /// @param before the repository that was to be taken over; empty after a creation
  static String outcomeUnknown(
      ReconcileRequest request, Optional<ObservedRepository> before, EcrFailure cause) {
    String advice =
        before
            .map(repository -> perhapsTakenOver(request, repository))
            .orElseGet(() -> perhapsCreated(request));
    return " Whether this had an effect is not known: " + cause.getMessage() + advice;
  }

  /// An update that replaces the resource may have created it: the answer was lost. CloudFormation
  /// does not know the new name of a replacement that failed, and sends no Delete for it. Empty for
  /// a Create, because a Delete follows.
  static String perhapsCreated(ReconcileRequest request) {
    return request.operation() == Operation.REPLACE
        ? " This update may have created the repository %s. If no stack uses it, delete it with `%s`."
            .formatted(request.name(), EcrFailure.deletion(request.name()))
        : "";
  }

  private static String perhapsTakenOver(ReconcileRequest request, ObservedRepository repository) {
    return request.operation() == Operation.REPLACE
        ? " This update may have taken over the repository %s. If no stack uses it, release it with `%s`."
            .formatted(repository.name(), Ownership.releaseCommand(repository.arn()))
        : "";
  }
}
