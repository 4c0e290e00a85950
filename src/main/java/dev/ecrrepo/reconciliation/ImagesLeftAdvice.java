package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.properties.DeletionOptions.Flag;
import java.util.Optional;

/// What to do when a repository was not deleted because it has images. Whoever reads it cannot
/// update the resource any more: the stack is in DELETE_FAILED, or the resource is no longer in its
/// template.
final class ImagesLeftAdvice {

  private ImagesLeftAdvice() {}

  /// @param account of the repository, if the stack is in another one
  /// @param allowed whether the guardrail AllowEmptyOnDelete permits it
  static String advice(
      String repository, Optional<String> account, Flag emptyOnDelete, boolean allowed) {
    return reason(emptyOnDelete, allowed)
        + " To keep the repository, retain this resource when you delete the stack again. To delete"
        + " it with its images, run `"
        + EcrFailure.forcedDeletion(repository)
        + "`"
        + account.map(id -> " in account " + id).orElse("")
        + ", then delete the stack again. After an update that removed or renamed the resource,"
        + " run only that command.";
  }

  private static String reason(Flag emptyOnDelete, boolean allowed) {
    return switch (emptyOnDelete) {
      case TRUE ->
          allowed
              ? "EmptyOnDelete applies only to a resource whose creation has succeeded."
              : "The provider's guardrail AllowEmptyOnDelete forbids deleting them with it.";
      case FALSE_OR_ABSENT ->
          "EmptyOnDelete: true, deployed before a deletion, deletes them with the repository.";
      case UNREADABLE -> "EmptyOnDelete is neither true nor false, so nothing was forced.";
    };
  }
}
