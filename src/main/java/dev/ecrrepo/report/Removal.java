package dev.ecrrepo.report;

import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.properties.DeletionOptions;
import dev.ecrrepo.properties.DeletionOptions.Flag;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.Ownership;
import java.util.Optional;

/// What a Delete would do with the repository that a resource was answered with.
///
/// @param deletes whether the repository would be deleted
/// @param sentence for people
record Removal(boolean deletes, String sentence) {

  static Removal of(
      Owner self,
      Optional<ObservedRepository> live,
      DeletionOptions options,
      Guardrails guardrails) {
    if (live.isEmpty()) {
      return left("Nothing is deleted: there is no such repository.");
    }
    Ownership ownership = live.get().ownership();
    if (!ownership.isOf(self)) {
      return left("Nothing is deleted: the repository does not carry this resource's tags.");
    }
    if (ownership.previousOwner().isPresent()) {
      return left(
          "The repository is given back to resource " + ownership.previousOwner().get() + ".");
    }
    if (ownership.adopted() && options.adoptExisting() != Flag.FALSE_OR_ABSENT) {
      return left("The adopted repository is released: only the provider's tags are removed.");
    }
    if (options.emptyOnDelete() == Flag.TRUE && guardrails.allowEmptyOnDelete()) {
      return new Removal(true, "The repository is deleted with all its images.");
    }
    return new Removal(
        true,
        "The repository is deleted if it contains no images; otherwise the deletion fails and the"
            + " repository stays.");
  }

  private static Removal left(String sentence) {
    return new Removal(false, sentence);
  }
}
