package dev.ecrrepo.repository;

import dev.ecrrepo.logging.Line;
import dev.ecrrepo.properties.DeleteWishes;
import dev.ecrrepo.properties.DeleteWishes.Flag;
import dev.ecrrepo.repository.Change.DeleteLifecyclePolicy;
import dev.ecrrepo.repository.Change.DeleteRepository;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.Change.UntagResource;
import dev.ecrrepo.repository.EcrFailure.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/// Ends a resource: its repository is deleted, or an adopted one is released, or, where it is not
/// this resource's, left alone.
public final class RepositoryRemoval {

  private static final Logger LOG = Logger.getLogger(RepositoryRemoval.class.getName());

  /// A Delete may overtake the cancelled Create that it belongs to.
  private static final Duration LATE_CREATE = Duration.ofSeconds(30);

  /// No Create runs longer: CloudFormation's largest ServiceTimeout, and some minutes for clocks.
  private static final Duration LONGEST_CREATE = Duration.ofMinutes(65);

  /// Until a deleted repository no longer shows up.
  private static final Duration GONE = Duration.ofMinutes(5);

  private final EcrGateway ecr;
  private final Retry retry;
  private final Guardrails guardrails;
  private final Clock clock;

  public RepositoryRemoval(EcrGateway ecr, Retry retry, Guardrails guardrails, Clock clock) {
    this.ecr = ecr;
    this.retry = retry;
    this.guardrails = guardrails;
    this.clock = clock;
  }

  /// The repository that this resource was answered with.
  ///
  /// @return why it could not be removed; empty on success
  public Optional<String> remove(Owner self, String name, DeleteWishes wishes, Budget budget) {
    return failure(() -> {
      Optional<Ownership> ownership = ownership(name, budget);
      if (!isOwnedBy(self, ownership)) {
        leave(name, ownership.isPresent() ? "it does not carry this resource's tags" : "absent");
      } else if (releases(ownership.get(), wishes)) {
        release(name, ownership.get(), wishes, budget);
      } else {
        boolean force = wishes.emptyOnDelete() == Flag.TRUE && guardrails.allowEmptyOnDelete();
        delete(name, force, wishes, budget);
      }
    });
  }

  /// What a failed Create may have left behind: only what that very request made or took over.
  public Optional<String> removeFailed(
      Owner self, String requestId, String name, DeleteWishes wishes, Budget budget) {
    return failure(() -> {
      Optional<Ownership> ownership = ownership(name, budget);
      if (!isOwnedBy(self, ownership)) {
        leave(name, "the failed creation left nothing");
      } else if (releases(ownership.get(), wishes)) {
        release(name, ownership.get(), wishes, budget);
      } else if (ownership.get().createdBy().filter(requestId::equals).isPresent()) {
        delete(name, false, wishes, budget);
      } else {
        leave(name, "another request created it");
      }
    });
  }

  /// What a cancelled Create may have made, or may be about to make: CloudFormation does not know
  /// its name, so nothing is forced, and what existed before that Create can have begun stays.
  public Optional<String> removeCancelled(
      Owner self, String name, DeleteWishes wishes, Budget budget) {
    return failure(() -> {
      Optional<Ownership> ownership = awaitLateCreate(self, name, wishes, budget);
      if (!isOwnedBy(self, ownership)) {
        leave(name, "the cancelled creation left nothing");
      } else if (releases(ownership.get(), wishes)) {
        release(name, ownership.get(), wishes, budget);
      } else if (isRecent(name, budget)) {
        try {
          delete(name, false, wishes, budget);
        } catch (EcrFailure e) {
          if (e.kind() != Kind.NOT_EMPTY) {
            throw e;
          }
          leave(name, "it contains images");
        }
      } else {
        leave(name, "it is older than the cancelled creation");
      }
    });
  }

  private Optional<Ownership> awaitLateCreate(
      Owner self, String name, DeleteWishes wishes, Budget budget) {
    List<Optional<Ownership>> seen = new ArrayList<>();
    retry.until(
        LATE_CREATE,
        budget,
        () -> {
          seen.addLast(ownership(name, budget));
          Optional<Ownership> now = seen.getLast();
          boolean mayBeAdopted = now.isPresent() && wishes.adoptExisting() == Flag.TRUE;
          return isOwnedBy(self, now) || (now.isPresent() && !mayBeAdopted);
        });
    return seen.getLast();
  }

  private boolean isRecent(String name, Budget budget) {
    Instant earliest = clock.instant().minus(LONGEST_CREATE);
    return ecr.find(name, budget).filter(found -> found.createdAt().isAfter(earliest)).isPresent();
  }

  private Optional<Ownership> ownership(String name, Budget budget) {
    return ecr.tags(name, budget).map(Ownership::of);
  }

  private static boolean isOwnedBy(Owner self, Optional<Ownership> ownership) {
    return ownership.flatMap(Ownership::owner).filter(self::equals).isPresent();
  }

  /// Where the author's word cannot be read, the repository of others is not deleted.
  private static boolean releases(Ownership ownership, DeleteWishes wishes) {
    return ownership.adopted() && wishes.adoptExisting() != Flag.FALSE_OR_ABSENT;
  }

  private void delete(String name, boolean force, DeleteWishes wishes, Budget budget) {
    try {
      change(name, new DeleteRepository(force), budget);
    } catch (EcrFailure e) {
      switch (e.kind()) {
        case REPOSITORY_ABSENT -> {
          return;
        }
        case NOT_EMPTY -> throw EcrFailure.notEmpty(name, keptBecause(wishes));
        default -> throw e;
      }
    }
    if (!retry.until(GONE, budget, () -> ecr.find(name, budget).isEmpty())) {
      throw EcrFailure.stillThere(name);
    }
  }

  private String keptBecause(DeleteWishes wishes) {
    return switch (wishes.emptyOnDelete()) {
      case TRUE ->
          guardrails.allowEmptyOnDelete()
              ? "They are deleted with it only where the resource was created to the end: delete"
                  + " the images first, or retain the repository."
              : "The provider's guardrail AllowEmptyOnDelete forbids deleting them with it: delete"
                  + " the images first, or ask whoever deploys the provider.";
      case FALSE_OR_ABSENT ->
          "Delete the images first; or set EmptyOnDelete: true, deploy that, and delete again; or"
              + " retain the repository when you delete the stack.";
      case UNREADABLE ->
          "EmptyOnDelete is neither true nor false, so nothing was forced. Delete the images first,"
              + " or correct the property, deploy that, and delete again.";
    };
  }

  /// Gives an adopted repository back. The tags go last: until then a second attempt finds its way.
  private void release(String name, Ownership ownership, DeleteWishes wishes, Budget budget) {
    if (wishes.lifecyclePolicy().isPresent()
        && ecr.lifecyclePolicy(name, budget)
            .filter(wishes.lifecyclePolicy().get()::sameAs)
            .isPresent()) {
      change(name, new DeleteLifecyclePolicy(), budget);
    }
    if (ownership.previousOwner().isPresent()) {
      String previous = ownership.previousOwner().get();
      change(name, new TagResource(Map.of(Ownership.LOGICAL_ID, previous)), budget);
      change(name, new UntagResource(List.of(Ownership.PREVIOUS_OWNER)), budget);
    } else {
      change(name, new UntagResource(Ownership.KEYS), budget);
    }
    Line.of(LOG).with("repository", name).info("The adopted repository was released.");
  }

  private void change(String name, Change change, Budget budget) {
    if (!budget.mayStillChange().getAsBoolean()) {
      throw EcrFailure.timeOver(change.describe(), name);
    }
    ecr.apply(name, change, budget);
  }

  private static void leave(String name, String why) {
    Line.of(LOG).with("repository", name).warn("Nothing was deleted: " + why + ".");
  }

  private static Optional<String> failure(Runnable removal) {
    try {
      removal.run();
      return Optional.empty();
    } catch (EcrFailure e) {
      return Optional.of(e.getMessage());
    }
  }
}
