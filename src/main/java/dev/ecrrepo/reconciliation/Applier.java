package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrFailure.Kind;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Parallel;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.plan.ReconcileRequest;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Owner;
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

/// Makes the changes of a plan, and takes back what it began if it cannot finish: a repository that
/// it created is removed again, one that it took over is given back by the Delete that follows.
final class Applier {

  private static final Logger LOG = Logger.getLogger(Applier.class.getName());

  /// Calls that took this long, by the SDK's own retries, may have let another event pass.
  private static final Duration LONG_AGO = Duration.ofSeconds(5);

  /// The result of applying a plan.
  sealed interface Outcome {

    /// Every change was made.
    record Applied(ObservedRepository repository) implements Outcome {}

    /// The name was taken when the repository should be created; nothing was changed.
    record Taken() implements Outcome {}

    /// Whether the repository was created, or taken over, is not known.
    record Unanswered(String reason) implements Outcome {}

    /// Not every change was made.
    ///
    /// @param remains whether a repository of this resource exists all the same
    record Failed(String reason, boolean remains) implements Outcome {}
  }

  private final EcrGateway ecr;
  private final Retry retry;
  private final Undo undo;

  Applier(EcrGateway ecr, Retry retry) {
    this.ecr = ecr;
    this.retry = retry;
    this.undo = new Undo(ecr, retry);
  }

  /// @param before the repository as it was; absent if the plan creates it
  Outcome apply(
      Proceed plan,
      ReconcileRequest intent,
      Optional<ObservedRepository> before,
      TimeLeft timeLeft) {
    Optional<ObservedRepository> repository = before;
    boolean created = false;
    Duration seen = timeLeft.left().get();
    try {
      for (List<Change> step : plan.steps()) {
        if (step.getFirst() instanceof CreateRepository create) {
          requireTime(create, create.name(), timeLeft);
          repository = Optional.of(ecr.create(create, timeLeft));
          created = true;
        } else {
          List<Owner> owners =
              Stream.concat(
                      Stream.of(intent.self()), before.flatMap(r -> r.ownership().owner()).stream())
                  .toList();
          NewerEventCheck turn = new NewerEventCheck(owners, intent.time());
          if (seen.minus(timeLeft.left().get()).compareTo(LONG_AGO) > 0) {
            turn.check(ecr, repository.orElseThrow().name(), timeLeft);
          }
          step(step, repository.orElseThrow(), created, turn, timeLeft);
        }
      }
      return new Outcome.Applied(repository.orElseThrow());
    } catch (EcrFailure e) {
      // Before anything else is changed. Where CloudFormation hears of a failed take-over, it sends
      // no Delete that could give the repository back, if an Update was to rename to it.
      if (repository.isEmpty() || plan.takesOver()) {
        return switch (e.kind()) {
          case REPOSITORY_EXISTS -> new Outcome.Taken();
          case UNANSWERED, TIME_OVER -> new Outcome.Unanswered(e.getMessage());
          default -> new Outcome.Failed(e.getMessage(), false);
        };
      }
      if (created) {
        return undo.created(plan, repository.get().name(), e, timeLeft.whole());
      }
      return new Outcome.Failed(e.getMessage(), true);
    }
  }

  /// All changes of a step at once. Each is waited for.
  private void step(
      List<Change> step,
      ObservedRepository repository,
      boolean fresh,
      NewerEventCheck turn,
      TimeLeft timeLeft) {
    if (step.size() == 1) {
      one(step.getFirst(), repository, fresh, turn, timeLeft);
      return;
    }
    List<EcrFailure> failures = new ArrayList<>();
    try (Parallel parallel = new Parallel()) {
      List<Supplier<Change>> running = new ArrayList<>();
      for (Change change : step) {
        running.add(
            parallel.start(() -> {
              one(change, repository, fresh, turn, timeLeft);
              return change;
            }));
      }
      for (Supplier<Change> change : running) {
        try {
          var _ = change.get();
        } catch (EcrFailure e) {
          failures.add(e);
        }
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private void one(
      Change change,
      ObservedRepository repository,
      boolean fresh,
      NewerEventCheck turn,
      TimeLeft timeLeft) {
    Runnable beforeAgain = () -> turn.check(ecr, repository.name(), timeLeft);
    try {
      Optional<String> stored =
          retry.call(
              fresh,
              timeLeft,
              beforeAgain,
              () -> {
                requireTime(change, repository.name(), timeLeft);
                return ecr.apply(repository.name(), change, timeLeft, beforeAgain);
              });
      stored.ifPresent(text -> compare(change, text, repository));
    } catch (EcrFailure e) {
      if (e.kind() == Kind.POLICY_ABSENT) {
        return; // a removal that took effect though its answer was lost
      }
      if (isRecordAlone(change) && (e.kind() == Kind.DENIED || e.kind() == Kind.TOO_MANY_TAGS)) {
        LogEntry.of(LOG)
            .with("repository", repository.name())
            .warn("The record of what is applied could not be written: " + e.getMessage());
        return;
      }
      throw e.kind() == Kind.PRINCIPAL_UNKNOWN
              && change instanceof SetRepositoryPolicy(RepositoryPolicy policy)
          ? e.amongst(policy.principals())
          : e;
    }
  }

  /// Without the record everything still works, but for the old properties being the only witness.
  private static boolean isRecordAlone(Change change) {
    return change instanceof TagResource(Map<String, String> tags)
        && tags.keySet().equals(Set.of(AppliedRecord.TAG));
  }

  /// ECR prints policies its own way. Where that reads differently from what was written, the next
  /// update will find a difference; whoever looks for the reason finds both here.
  private static void compare(Change change, String stored, ObservedRepository repository) {
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
          .with("written", text(change))
          .with("stored", stored)
          .warn("ECR stored a policy that reads differently from what was written.");
    }
  }

  private static String text(Change change) {
    return switch (change) {
      case PutLifecyclePolicy(LifecyclePolicy policy) -> policy.text();
      case SetRepositoryPolicy(RepositoryPolicy policy) -> policy.text();
      default -> "";
    };
  }

  static void requireTime(Change change, String name, TimeLeft timeLeft) {
    if (!timeLeft.mayStillChange()) {
      throw EcrFailure.timeOver(change.describe(), name);
    }
  }
}
