package dev.ecrrepo.plan;

import dev.ecrrepo.properties.DeletionOptions;
import dev.ecrrepo.properties.DeletionOptions.Flag;
import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.Ownership;

/// What a Delete does with a repository that exists, by the repository's tags.
public enum RemovalDecision {
  /// Nothing: it does not carry the resource's tags.
  NOT_OWN,
  /// End the rename: another resource of the stack has taken it over, and keeps it.
  END_RENAME,
  /// Give it back to the resource of the stack from which it was taken over.
  GIVE_BACK,
  /// Take the provider's tags off: it was adopted, and the template still says so.
  RELEASE,
  /// Delete it.
  DELETE;

  public static RemovalDecision of(Owner self, Ownership ownership, DeletionOptions options) {
    if (!ownership.isOwnedBy(self)) {
      return ownership.isTakenFrom(self) ? END_RENAME : NOT_OWN;
    }
    if (ownership.previousOwner().isPresent()) {
      return GIVE_BACK;
    }
    // If AdoptExisting cannot be read, the adopted repository is kept.
    return ownership.adopted() && options.adoptExisting() != Flag.FALSE_OR_ABSENT
        ? RELEASE
        : DELETE;
  }

  /// Whether the repository is deleted with the images that it contains.
  public static boolean forces(DeletionOptions options, Guardrails guardrails) {
    return options.emptyOnDelete() == Flag.TRUE && guardrails.allowEmptyOnDelete();
  }
}
