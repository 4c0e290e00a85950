package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrFailure.Kind;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.ParallelCalls;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.plan.ReconcileRequest;
import dev.ecrrepo.plan.ReconcileRequest.Operation;
import dev.ecrrepo.policy.RefusalHints;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.StackResource;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// Executes a plan. If it fails, [IncompleteRepositoryCleanup] decides whether the repository that
/// it created is deleted, stays, or is complete all the same; an adopted repository is given back
/// later, by CloudFormation's Delete.
final class Applier {

  private static final Logger LOG = Logger.getLogger(Applier.class.getName());

  /// The result of applying a plan.
  sealed interface Outcome {

    /// Every change was made, or is in effect all the same.
    ///
    /// @param repository perhaps as it was before the changes: only its name, ARN, URI, registry
    ///   and encryption, which no change of a plan touches, are certain
    record Applied(ObservedRepository repository) implements Outcome {}

    /// The repository exists already; nothing was changed.
    record NameTaken() implements Outcome {}

    /// Whether the repository was created, or taken over, is not known.
    record OutcomeUnknown(String reason) implements Outcome {}

    /// Not every change was made.
    ///
    /// @param repositoryExists whether a repository of this resource exists all the same
    record Failed(String reason, boolean repositoryExists) implements Outcome {

      static Failed repositoryExists(String reason) {
        return new Failed(reason, true);
      }

      static Failed noRepository(String reason) {
        return new Failed(reason, false);
      }
    }
  }

  private final EcrGateway ecr;
  private final Retry retry;
  private final IncompleteRepositoryCleanup cleanup;

  Applier(EcrGateway ecr, Retry retry) {
    this.ecr = ecr;
    this.retry = retry;
    this.cleanup = new IncompleteRepositoryCleanup(ecr, retry);
  }

  /// @param before the repository as it was; empty if the plan creates it
  Outcome apply(
      Proceed plan, ReconcileRequest request, TimedObservation before, TimeLeft timeLeft) {
    Optional<ObservedRepository> repository = before.repository();
    boolean created = false;
    NewerEventCheck newerEventCheck =
        new NewerEventCheck(owners(plan, request, repository), request.time());
    Duration leftAtLastRead = before.leftBefore();
    try {
      for (List<Change> step : plan.steps()) {
        if (step.getFirst() instanceof CreateRepository create) {
          if (!timeLeft.mayStillChange()) {
            // This delivery made no call; an earlier one of the same update may have.
            return Outcome.Failed.noRepository(
                EcrFailure.timeOver(create.describe(), create.name()).getMessage()
                    + RemainingRepository.perhapsCreated(request));
          }
          repository = Optional.of(ecr.create(create, timeLeft));
          created = true;
        } else {
          if (TimedObservation.isOutdated(leftAtLastRead, timeLeft)) {
            newerEventCheck.check(ecr, repository.orElseThrow().name(), timeLeft);
            leftAtLastRead = timeLeft.remaining();
          }
          apply(step, repository.orElseThrow(), created, newerEventCheck, timeLeft);
        }
      }
      return new Outcome.Applied(repository.orElseThrow());
    } catch (EcrFailure e) {
      // A plan that takes over has no other step, so nothing else was changed. CloudFormation sends
      // no Delete for the new name of a failed rename, so an unknown outcome is looked up again.
      // If the last attempt of the SDK was throttled, an earlier one may have taken effect. If the
      // repository has another owner by now, another delivery may have taken it over.
      if (repository.isEmpty() || plan.takesOver()) {
        return switch (e.kind()) {
          case REPOSITORY_EXISTS -> new Outcome.NameTaken();
          case UNANSWERED, TIME_OVER, THROTTLED, SUPERSEDED ->
              new Outcome.OutcomeUnknown(e.getMessage());
          default -> Outcome.Failed.noRepository(e.getMessage());
        };
      }
      if (created) {
        return cleanup.cleanUp(plan, request, e, timeLeft.withoutReserve());
      }
      return Outcome.Failed.repositoryExists(
          e.getMessage() + remainingRepository(request, repository.get()));
    }
  }

  /// The resources that may own the repository while the plan is applied. A take-over is not made
  /// again once this resource is the owner: another delivery may have made it, and CloudFormation
  /// may have deleted the previous owner since, whose tag must not come back.
  private static List<StackResource> owners(
      Proceed plan, ReconcileRequest request, Optional<ObservedRepository> before) {
    Stream<StackResource> previous = before.flatMap(r -> r.ownership().owner()).stream();
    return plan.takesOver()
        ? previous.toList()
        : Stream.concat(Stream.of(request.self()), previous).toList();
  }

  /// Empty unless the SDK's first attempt, or another delivery of this event, created the
  /// repository of a replacement. It is not deleted, because that delivery may have completed and
  /// reported it. If CloudFormation heard of the failure, it does not know the new name and sends
  /// no Delete for it.
  private static String remainingRepository(
      ReconcileRequest request, ObservedRepository repository) {
    boolean createdByThisEvent =
        request.operation() == Operation.REPLACE
            && repository.ownership().isCreatedBy(request.requestId());
    return createdByThisEvent ? " " + RemainingRepository.ofUpdate(repository.name()) : "";
  }

  /// Makes all changes of a step at once, and waits for each.
  private void apply(
      List<Change> step,
      ObservedRepository repository,
      boolean justCreated,
      NewerEventCheck newerEventCheck,
      TimeLeft timeLeft) {
    if (step.size() == 1) {
      apply(step.getFirst(), repository, justCreated, newerEventCheck, timeLeft);
      return;
    }
    // The first failure is thrown; closing waits for the other calls.
    try (ParallelCalls parallel = new ParallelCalls()) {
      List<Supplier<Change>> running = new ArrayList<>();
      for (Change change : step) {
        running.add(
            parallel.start(() -> {
              apply(change, repository, justCreated, newerEventCheck, timeLeft);
              return change;
            }));
      }
      for (Supplier<Change> change : running) {
        var _ = change.get();
      }
    }
  }

  private void apply(
      Change change,
      ObservedRepository repository,
      boolean justCreated,
      NewerEventCheck newerEventCheck,
      TimeLeft timeLeft) {
    Runnable beforeRetry = () -> newerEventCheck.check(ecr, repository.name(), timeLeft);
    try {
      Optional<String> stored =
          retry.call(
              justCreated,
              timeLeft,
              beforeRetry,
              () -> {
                requireTime(change, repository.name(), timeLeft);
                return ecr.apply(repository.name(), change, timeLeft, beforeRetry);
              });
      stored.ifPresent(text -> warnIfStoredPolicyDiffers(change, text, repository));
    } catch (EcrFailure e) {
      if (e.kind() == Kind.POLICY_ABSENT) {
        return; // An earlier attempt removed it, and its response was lost.
      }
      if (isRecordAlone(change) && (e.kind() == Kind.DENIED || e.kind() == Kind.TOO_MANY_TAGS)) {
        LogEntry.of(LOG)
            .with("repository", repository.name())
            .warn("The record of what is applied could not be written: " + e.getMessage());
        return;
      }
      throw e.kind() == Kind.POLICY_REFUSED
              && change instanceof SetRepositoryPolicy(RepositoryPolicy policy)
          ? e.withPossibleCauses(policy.principals(), RefusalHints.of(policy))
          : e;
    }
  }

  /// If this fails, the event continues. An older record stays, and tells the next update whether a
  /// policy was wanted; without one, that update relies on OldResourceProperties.
  private static boolean isRecordAlone(Change change) {
    return change instanceof TagResource(Map<String, String> tags)
        && tags.keySet().equals(Set.of(AppliedRecord.TAG));
  }

  /// ECR reprints policies. If the stored policy is not equivalent to the one that was written, the
  /// next update finds a difference, so both texts are logged.
  private static void warnIfStoredPolicyDiffers(
      Change change, String stored, ObservedRepository repository) {
    boolean same =
        switch (change) {
          case PutLifecyclePolicy(LifecyclePolicy policy) ->
              policy.sameAs(LifecyclePolicy.live(stored));
          case SetRepositoryPolicy(RepositoryPolicy policy) ->
              policy.sameAs(RepositoryPolicy.live(stored), repository.registryId());
          default -> true;
        };
    if (!same) {
      LogEntry.of(LOG)
          .with("repository", repository.name())
          .with("written", change.valueAfter().orElse(""))
          .with("stored", stored)
          .warn("ECR stored a policy that reads differently from what was written.");
    }
  }

  static void requireTime(Change change, String name, TimeLeft timeLeft) {
    if (!timeLeft.mayStillChange()) {
      throw EcrFailure.timeOver(change.describe(), name);
    }
  }
}
