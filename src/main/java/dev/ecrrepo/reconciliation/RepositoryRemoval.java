package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.Budget;
import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrFailure.Kind;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.properties.DeletionOptions;
import dev.ecrrepo.properties.DeletionOptions.Flag;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.DeleteRepository;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.Change.UntagResource;
import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.Ownership;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

  /// A Delete: who ends, when CloudFormation sent it, and what the template says about it.
  public record Request(Owner self, Optional<Instant> time, DeletionOptions options) {
    Request by(Owner other) {
      return new Request(other, time, options);
    }
  }

  /// The repository that this resource was answered with.
  ///
  /// @return why it could not be removed; empty on success
  public Optional<String> remove(Request request, String name, Budget budget) {
    return failure(() -> {
      Optional<Found> found = find(name, budget);
      if (settled(request, name, found, budget)) {
        return;
      }
      boolean force =
          request.options().emptyOnDelete() == Flag.TRUE && guardrails.allowEmptyOnDelete();
      delete(request, name, force, budget);
    });
  }

  /// What a failed Create may have left behind: only what that very request made or took over.
  public Optional<String> removeFailed(
      Request request, String requestId, String name, Budget budget) {
    return failure(() -> {
      Optional<Found> found = find(name, budget);
      if (settled(request, name, found, budget)) {
        return;
      }
      if (found.orElseThrow().ownership().createdBy().filter(requestId::equals).isPresent()) {
        delete(request, name, false, budget);
      } else {
        leave(name, "another request created it");
      }
    });
  }

  /// What a cancelled Create may have made, or may be about to make: CloudFormation does not know
  /// its name, so nothing is forced, and what existed before that Create can have begun stays.
  public Optional<String> removeCancelled(Request request, String name, Budget budget) {
    return failure(() -> {
      Optional<Found> found = awaitLateCreate(request, name, budget);
      if (settled(request, name, found, budget)) {
        return;
      }
      if (!isRecent(name, budget)) {
        leave(name, "it is older than the cancelled creation");
        return;
      }
      try {
        delete(request, name, false, budget);
      } catch (EcrFailure e) {
        if (e.kind() != Kind.NOT_EMPTY) {
          throw e;
        }
        leave(name, "it contains images");
      }
    });
  }

  /// What is known of a repository by its tags.
  private record Found(Ownership ownership, Optional<AppliedRecord> applied) {
    static Found of(Map<String, String> tags) {
      return new Found(Ownership.of(tags), AppliedRecord.of(tags));
    }
  }

  private Optional<Found> find(String name, Budget budget) {
    return ecr.tags(name, budget).map(Found::of);
  }

  /// Everything but deleting the repository: it is not this resource's, or it is given back to the
  /// resource from which it was taken over, or released.
  ///
  /// @return false if the repository is to be deleted
  private boolean settled(Request request, String name, Optional<Found> found, Budget budget) {
    if (found.isEmpty()) {
      leave(name, "there is no such repository");
      return true;
    }
    Ownership ownership = found.get().ownership();
    boolean old = found.get().applied().filter(r -> r.isYoungerThan(request.time())).isPresent();
    if (!ownership.isOf(request.self())) {
      if (!old && ownership.isTakenFrom(request.self())) {
        // The stack's update has succeeded, which ends the rename.
        change(request, name, new UntagResource(List.of(Ownership.PREVIOUS_OWNER)), budget);
        leave(name, "it belongs to resource " + ownership.owner().get().logicalId() + " now");
      } else {
        leave(name, "it does not carry this resource's tags");
      }
      return true;
    }
    if (old) {
      throw EcrFailure.old(name);
    }
    if (ownership.previousOwner().isPresent()) {
      giveBack(request, name, found.get(), budget);
      return true;
    }
    // Where AdoptExisting cannot be read, the repository of others is not deleted.
    if (ownership.adopted() && request.options().adoptExisting() != Flag.FALSE_OR_ABSENT) {
      change(request, name, new UntagResource(Ownership.KEYS), budget);
      LogEntry.of(LOG).with("repository", name).info("The adopted repository was released.");
      return true;
    }
    return false;
  }

  /// The stack's update failed: the resource from which it was taken over has it again. If this
  /// dies halfway, the tag that is left equals the owner and means nothing.
  private void giveBack(Request request, String name, Found found, Budget budget) {
    String previous = found.ownership().previousOwner().orElseThrow();
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(Ownership.LOGICAL_ID, previous);
    found
        .applied()
        .ifPresent(record -> tags.put(AppliedRecord.TAG, record.at(request.time()).text()));
    change(request, name, new TagResource(tags), budget);
    change(
        request.by(new Owner(request.self().stackId(), previous)),
        name,
        new UntagResource(List.of(Ownership.PREVIOUS_OWNER)),
        budget);
    LogEntry.of(LOG)
        .with("repository", name)
        .info("The repository belongs to resource " + previous + " again.");
  }

  private Optional<Found> awaitLateCreate(Request request, String name, Budget budget) {
    AtomicReference<Optional<Found>> seen = new AtomicReference<>(Optional.empty());
    retry.until(
        LATE_CREATE,
        budget,
        () -> {
          seen.set(find(name, budget));
          Optional<Ownership> now = seen.get().map(Found::ownership);
          boolean mayBeAdopted = now.isPresent() && request.options().adoptExisting() == Flag.TRUE;
          return now.filter(o -> o.isOf(request.self())).isPresent()
              || (now.isPresent() && !mayBeAdopted);
        });
    return seen.get();
  }

  private boolean isRecent(String name, Budget budget) {
    Instant earliest = clock.instant().minus(LONGEST_CREATE);
    return ecr.find(name, budget).filter(found -> found.createdAt().isAfter(earliest)).isPresent();
  }

  private void delete(Request request, String name, boolean force, Budget budget) {
    try {
      change(request, name, new DeleteRepository(force), budget);
    } catch (EcrFailure e) {
      switch (e.kind()) {
        case REPOSITORY_ABSENT -> {
          return;
        }
        case NOT_EMPTY -> {
          Flag emptyOnDelete = request.options().emptyOnDelete();
          if (emptyOnDelete == Flag.TRUE && !guardrails.allowEmptyOnDelete()) {
            RepositoryReconciler.countRefusal("AllowEmptyOnDelete");
          }
          throw EcrFailure.notEmpty(
              name, ImagesLeftAdvice.advice(name, emptyOnDelete, guardrails.allowEmptyOnDelete()));
        }
        default -> throw e;
      }
    }
    if (!retry.until(GONE, budget, () -> ecr.find(name, budget).isEmpty())) {
      throw EcrFailure.stillThere(name);
    }
  }

  private void change(Request request, String name, Change change, Budget budget) {
    if (!budget.mayStillChange().getAsBoolean()) {
      throw EcrFailure.timeOver(change.describe(), name);
    }
    NewerEventCheck turn = new NewerEventCheck(List.of(request.self()), request.time());
    ecr.apply(name, change, budget, () -> turn.check(ecr, name, budget));
  }

  private static void leave(String name, String why) {
    LogEntry.of(LOG).with("repository", name).warn("Nothing was deleted: " + why + ".");
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
