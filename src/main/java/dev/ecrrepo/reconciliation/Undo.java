package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrFailure.Kind;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.reconciliation.Applier.Outcome;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.Change.DeleteRepository;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.time.TimeLeft;
import java.util.Optional;

/// Removes what an invocation created and could not finish. Never by force. A take-over is not
/// undone here: another delivery of the same event may have reported it. The Delete that follows
/// gives it back. What was finished all the same stays.
record Undo(EcrGateway ecr, Retry retry) {

  /// Without force: should somebody have pushed an image already, it stays.
  Outcome created(Proceed plan, String name, EcrFailure cause, TimeLeft timeLeft) {
    if (cause.kind() == Kind.SUPERSEDED) {
      return new Outcome.Failed(cause.getMessage(), true);
    }
    Optional<ObservedRepository> finished = finished(plan, name, timeLeft);
    if (finished.isPresent()) {
      return new Outcome.Applied(finished.get());
    }
    try {
      remove(name, timeLeft);
      return new Outcome.Failed(cause.getMessage(), false);
    } catch (EcrFailure e) {
      return e.kind() == Kind.REPOSITORY_ABSENT
          ? new Outcome.Failed(cause.getMessage(), false)
          : new Outcome.Failed(
              cause.getMessage()
                  + " The repository "
                  + name
                  + " was created and could not be removed again: "
                  + e.getMessage(),
              true);
    }
  }

  /// A call whose answer was lost may have taken effect, and another delivery of the event may have
  /// made the change and reported it: then the repository must not be removed.
  private Optional<ObservedRepository> finished(Proceed plan, String name, TimeLeft timeLeft) {
    try {
      return ecr.observe(name, timeLeft)
          .filter(now -> plan.changes().stream().allMatch(change -> isDone(change, now)));
    } catch (EcrFailure _) {
      return Optional.empty();
    }
  }

  private static boolean isDone(Change change, ObservedRepository now) {
    return switch (change) {
      case CreateRepository _ -> true;
      case PutLifecyclePolicy(LifecyclePolicy policy) ->
          now.lifecyclePolicy().filter(policy::sameAs).isPresent();
      case SetRepositoryPolicy(RepositoryPolicy policy) ->
          now.repositoryPolicy().filter(live -> policy.sameAs(live, now.registryId())).isPresent();
      default -> false;
    };
  }

  private void remove(String name, TimeLeft timeLeft) {
    DeleteRepository change = new DeleteRepository(false);
    // What was created a moment ago may not be seen yet.
    retry.call(
        true,
        timeLeft,
        () -> {},
        () -> {
          Applier.requireTime(change, name, timeLeft);
          return ecr.apply(name, change, timeLeft, () -> {});
        });
  }
}
