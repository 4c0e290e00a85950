package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrFailure.Kind;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.plan.RefusalMessages;
import dev.ecrrepo.plan.RemovalDecision;
import dev.ecrrepo.properties.DeletionOptions;
import dev.ecrrepo.properties.DeletionOptions.Flag;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.DeleteRepository;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.Change.UntagResource;
import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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
  private final Time time;

  public RepositoryRemoval(EcrGateway ecr, Retry retry, Guardrails guardrails, Time time) {
    this.ecr = ecr;
    this.retry = retry;
    this.guardrails = guardrails;
    this.time = time;
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
  public Optional<String> remove(Request request, String name, TimeLeft timeLeft) {
    return failure(() -> {
      Optional<Found> found = find(name, timeLeft);
      if (settled(request, name, found, timeLeft)) {
        return;
      }
      delete(request, name, RemovalDecision.forces(request.options(), guardrails), timeLeft);
    });
  }

  /// What a failed Create may have left behind: only what that very request made or took over.
  public Optional<String> removeFailed(
      Request request, String requestId, String name, TimeLeft timeLeft) {
    return failure(() -> {
      Optional<Found> found = find(name, timeLeft);
      if (settled(request, name, found, timeLeft)) {
        return;
      }
      if (found.orElseThrow().ownership().createdBy().filter(requestId::equals).isPresent()) {
        delete(request, name, false, timeLeft);
      } else {
        leave(name, "another request created it");
      }
    });
  }

  /// What a cancelled Create may have made, or may be about to make: CloudFormation does not know
  /// its name, so nothing is forced, and what existed before that Create can have begun stays.
  public Optional<String> removeCancelled(Request request, String name, TimeLeft timeLeft) {
    return failure(() -> {
      Optional<Found> found = awaitLateCreate(request, name, timeLeft);
      if (settled(request, name, found, timeLeft)) {
        return;
      }
      if (!isRecent(name, timeLeft)) {
        leave(name, "it is older than the cancelled creation");
        return;
      }
      try {
        delete(request, name, false, timeLeft);
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

  private Optional<Found> find(String name, TimeLeft timeLeft) {
    return ecr.tags(name, timeLeft).map(Found::of);
  }

  /// Everything but deleting the repository: it is not this resource's, or it is given back to the
  /// resource from which it was taken over, or released.
  ///
  /// @return false if the repository is to be deleted
  private boolean settled(Request request, String name, Optional<Found> found, TimeLeft timeLeft) {
    if (found.isEmpty()) {
      leave(name, "there is no such repository");
      return true;
    }
    Ownership ownership = found.get().ownership();
    boolean old = found.get().applied().filter(r -> r.isNewerThan(request.time())).isPresent();
    RemovalDecision decision = RemovalDecision.of(request.self(), ownership, request.options());
    if (old && ownership.isOf(request.self())) {
      throw new EcrFailure(EcrFailure.Kind.SUPERSEDED, RefusalMessages.olderEvent(name));
    }
    switch (old ? RemovalDecision.NOT_OWN : decision) {
      case NOT_OWN -> leave(name, "it does not carry this resource's tags");
      case END_RENAME -> {
        // The stack's update has succeeded.
        change(request, name, new UntagResource(List.of(Ownership.PREVIOUS_OWNER)), timeLeft);
        leave(name, "it belongs to resource " + ownership.owner().get().logicalId() + " now");
      }
      case GIVE_BACK -> giveBack(request, name, found.get(), timeLeft);
      case RELEASE -> {
        change(request, name, new UntagResource(Ownership.KEYS), timeLeft);
        LogEntry.of(LOG).with("repository", name).info("The adopted repository was released.");
      }
      case DELETE -> {
        return false;
      }
    }
    return true;
  }

  /// The stack's update failed: the resource from which it was taken over has it again. If this
  /// dies halfway, the tag that is left equals the owner and means nothing.
  private void giveBack(Request request, String name, Found found, TimeLeft timeLeft) {
    String previous = found.ownership().previousOwner().orElseThrow();
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(Ownership.LOGICAL_ID, previous);
    found
        .applied()
        .ifPresent(record -> tags.put(AppliedRecord.TAG, record.at(request.time()).text()));
    change(request, name, new TagResource(tags), timeLeft);
    change(
        request.by(new Owner(request.self().stackId(), previous)),
        name,
        new UntagResource(List.of(Ownership.PREVIOUS_OWNER)),
        timeLeft);
    LogEntry.of(LOG)
        .with("repository", name)
        .info("The repository belongs to resource " + previous + " again.");
  }

  private Optional<Found> awaitLateCreate(Request request, String name, TimeLeft timeLeft) {
    boolean mayBeAdopted = request.options().adoptExisting() == Flag.TRUE;
    return retry.pollUntil(
        LATE_CREATE,
        timeLeft,
        () -> find(name, timeLeft),
        found ->
            found.isPresent() && (!mayBeAdopted || found.get().ownership().isOf(request.self())));
  }

  private boolean isRecent(String name, TimeLeft timeLeft) {
    Instant earliest = time.now().minus(LONGEST_CREATE);
    return ecr.find(name, timeLeft)
        .filter(found -> found.createdAt().isAfter(earliest))
        .isPresent();
  }

  private void delete(Request request, String name, boolean force, TimeLeft timeLeft) {
    try {
      change(request, name, new DeleteRepository(force), timeLeft);
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
    if (retry
        .pollUntil(GONE, timeLeft, () -> ecr.find(name, timeLeft), Optional::isEmpty)
        .isPresent()) {
      throw EcrFailure.stillThere(name);
    }
  }

  private void change(Request request, String name, Change change, TimeLeft timeLeft) {
    if (!timeLeft.mayStillChange()) {
      throw EcrFailure.timeOver(change.describe(), name);
    }
    NewerEventCheck newerEventCheck = new NewerEventCheck(List.of(request.self()), request.time());
    ecr.apply(name, change, timeLeft, () -> newerEventCheck.check(ecr, name, timeLeft));
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
