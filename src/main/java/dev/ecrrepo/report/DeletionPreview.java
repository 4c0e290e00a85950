package dev.ecrrepo.report;

import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.plan.RemovalDecision;
import dev.ecrrepo.plan.RemovalDecision.EmptyOnDelete;
import dev.ecrrepo.properties.DeletionOptions;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.StackResource;
import dev.ecrrepo.repository.TagState;
import java.util.Optional;
import java.util.function.Function;

/// What a Delete would do with the repository that a resource was answered with.
///
/// @param deletes whether the repository would be deleted
/// @param sentence for people
record DeletionPreview(boolean deletes, String sentence) {

  /// @param find reads what the tags of another repository say
  static DeletionPreview of(
      StackResource self,
      Optional<ObservedRepository> live,
      DeletionOptions options,
      Guardrails guardrails,
      Function<String, Optional<TagState>> find) {
    if (live.isEmpty()) {
      return left("Nothing is deleted: there is no such repository.");
    }
    Ownership ownership = live.get().ownership();
    return switch (RemovalDecision.of(self, ownership, options)) {
      case NOT_OWN, END_RENAME ->
          left("Nothing is deleted: the repository does not carry this resource's tags.");
      case GIVE_BACK ->
          left(
              "The repository is given back to resource "
                  + ownership.previousOwner().orElseThrow()
                  + ".");
      case RELEASE ->
          left("The adopted repository is released: only the provider's tags are removed.");
      case DELETE ->
          new DeletionPreview(
              true,
              EmptyOnDelete.of(
                          options, guardrails, self, live.get().name(), live.get().applied(), find)
                      == EmptyOnDelete.IN_EFFECT
                  ? "The repository is deleted with all its images."
                  : "The repository is deleted if it contains no images; otherwise the deletion"
                      + " fails and the repository stays.");
    };
  }

  private static DeletionPreview left(String sentence) {
    return new DeletionPreview(false, sentence);
  }
}
