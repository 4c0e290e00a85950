package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.plan.RemovalDecision.EmptyOnDelete;
import java.util.Optional;

/// What to do when a repository was not deleted because it has images. Whoever reads it cannot
/// update the resource any more: the stack is in DELETE_FAILED, or the resource is no longer in its
/// template.
final class ImagesLeftAdvice {

  private ImagesLeftAdvice() {}

  /// @param account of the repository, if the stack is in another one
  /// @param emptyOnDelete whether the deletion was forced, or why it was not; IN_EFFECT: ECR
  ///   refused even the forced deletion
  static String advice(String repository, Optional<String> account, EmptyOnDelete emptyOnDelete) {
    String inAccount = account.map(id -> " in account " + id).orElse("");
    if (emptyOnDelete == EmptyOnDelete.RETURNED) {
      return "%s It stays. If nobody needs it, delete it with its images: `%s`%s."
          .formatted(reason(emptyOnDelete), EcrFailure.forcedDeletion(repository), inAccount);
    }
    return reason(emptyOnDelete)
        + " To keep the repository, retain this resource when you delete the stack again. To delete"
        + " it with its images, run `"
        + EcrFailure.forcedDeletion(repository)
        + "`"
        + inAccount
        + ", then delete the stack again. After an update that removed or renamed the resource,"
        + " run only that command.";
  }

  private static String reason(EmptyOnDelete emptyOnDelete) {
    return switch (emptyOnDelete) {
      case IN_EFFECT -> "ECR refused to delete them with it.";
      case FORBIDDEN ->
          "The provider's guardrail AllowEmptyOnDelete forbids deleting them with it.";
      case NOT_STATED ->
          "EmptyOnDelete: true, deployed before a deletion, deletes them with the repository.";
      case CREATION_NOT_COMPLETED ->
          "EmptyOnDelete applies only to a resource whose creation has succeeded.";
      case RETURNED ->
          "EmptyOnDelete is not in effect: an update moved the resource back to this repository,"
              + " and its rollback does not delete images that were there before.";
      case UNREADABLE -> "EmptyOnDelete is neither true nor false, so nothing was forced.";
    };
  }
}
