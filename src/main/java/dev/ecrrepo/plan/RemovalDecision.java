package dev.ecrrepo.plan;

import dev.ecrrepo.properties.DeletionOptions;
import dev.ecrrepo.properties.DeletionOptions.Flag;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.StackResource;
import dev.ecrrepo.repository.TagState;
import java.util.Optional;
import java.util.function.Function;

/// What a Delete does with a repository that exists, by the repository's tags.
public enum RemovalDecision {
  /// Nothing: it does not carry the resource's tags.
  NOT_OWN,
  /// Another resource of the stack has taken it over: take this resource off the list of previous
  /// owners.
  END_RENAME,
  /// Give it back to the resource of the stack from which it was taken over.
  GIVE_BACK,
  /// Take the provider's tags off: it was adopted, and the template still says so.
  RELEASE,
  /// Delete it.
  DELETE;

  public static RemovalDecision of(
      StackResource self, Ownership ownership, DeletionOptions options) {
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

  /// Whether the images of a repository are deleted with it.
  public enum EmptyOnDelete {
    /// The template states `EmptyOnDelete: true`, and the guardrail permits it.
    IN_EFFECT,
    /// The template states it, and the guardrail AllowEmptyOnDelete forbids it.
    FORBIDDEN,
    NOT_STATED,
    /// Neither true nor false.
    UNREADABLE,
    /// The creation failed or was cancelled, so the property does not count.
    CREATION_NOT_COMPLETED,
    /// An update moved the resource back to this repository from another one, and then to the other
    /// one again. So this may be the rollback of that update, which would delete a repository that
    /// the resource, or another one, had before.
    RETURNED;

    /// @param repository its name
    /// @param last the record on it
    /// @param find reads what the tags of another repository say
    public static EmptyOnDelete of(
        DeletionOptions options,
        Guardrails guardrails,
        StackResource self,
        String repository,
        Optional<AppliedRecord> last,
        Function<String, Optional<TagState>> find) {
      return switch (options.emptyOnDelete()) {
        case TRUE ->
            last.flatMap(AppliedRecord::returnedFrom)
                .flatMap(find)
                .filter(other -> other.wasMovedFrom(repository, last, self))
                .map(_ -> RETURNED)
                .orElseGet(() -> allowed(guardrails));
        case FALSE_OR_ABSENT -> NOT_STATED;
        case UNREADABLE -> UNREADABLE;
      };
    }

    private static EmptyOnDelete allowed(Guardrails guardrails) {
      return guardrails.allowEmptyOnDelete() ? IN_EFFECT : FORBIDDEN;
    }
  }
}
