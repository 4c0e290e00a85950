package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrFailure.Kind;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.plan.ReconcileRequest;
import dev.ecrrepo.reconciliation.Applier.Outcome;
import dev.ecrrepo.reconciliation.Applier.Outcome.Failed;
import dev.ecrrepo.repository.Change.DeleteRepository;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.time.TimeLeft;
import java.util.Optional;

/// Deletes a repository that this invocation created but could not complete. It never forces the
/// deletion: a repository that already contains an image stays. It keeps the repository if all
/// changes turn out to be in effect. It does not undo an adoption, because another delivery of the
/// same event may already have reported it; CloudFormation's Delete gives the repository back.
final class IncompleteRepositoryCleanup {

  private final EcrGateway ecr;
  private final Retry retry;

  IncompleteRepositoryCleanup(EcrGateway ecr, Retry retry) {
    this.ecr = ecr;
    this.retry = retry;
  }

  /// @param cause why the creation could not be completed
  Outcome cleanUp(Proceed plan, ReconcileRequest request, EcrFailure cause, TimeLeft timeLeft) {
    String name = request.name();
    if (cause.kind() == Kind.SUPERSEDED) {
      return Failed.repositoryExists(cause.getMessage());
    }
    try {
      Optional<ObservedRepository> now = ecr.observe(name, timeLeft);
      // A rollback can start while the cancelled update still runs, and keep the repository that
      // this update created; and another resource can take it over.
      if (now.filter(live -> isOfNewerEvent(live, request)).isPresent()) {
        return Failed.repositoryExists(cause.getMessage());
      }
      Optional<ObservedRepository> completed = now.filter(live -> isComplete(plan, live));
      if (completed.isPresent()) {
        return new Outcome.Applied(completed.get());
      }
    } catch (EcrFailure e) {
      // Another delivery finds the name taken and has to read the repository. If the role may not
      // read it, no other delivery can have completed it.
      if (e.kind() != Kind.DENIED) {
        return Failed.repositoryExists(
            cause.getMessage() + " " + RemainingRepository.afterFailedCleanUp(request, e));
      }
    }
    try {
      remove(name, timeLeft);
      return Failed.noRepository(cause.getMessage());
    } catch (EcrFailure e) {
      return e.kind() == Kind.REPOSITORY_ABSENT
          ? Failed.noRepository(cause.getMessage())
          : Failed.repositoryExists(
              cause.getMessage() + " " + RemainingRepository.afterFailedCleanUp(request, e));
    }
  }

  /// No owner does not count as another one: the tags may not be visible yet.
  private static boolean isOfNewerEvent(ObservedRepository live, ReconcileRequest request) {
    return live.hasNewerRecordThan(request.time())
        || live.ownership().owner().filter(owner -> !owner.equals(request.self())).isPresent();
  }

  /// A call whose answer was lost may have taken effect, and another delivery of the event may have
  /// made the change and reported it: then the repository must not be removed.
  private static boolean isComplete(Proceed plan, ObservedRepository now) {
    return plan.changes().stream().allMatch(change -> change.isInEffect(now));
  }

  private void remove(String name, TimeLeft timeLeft) {
    DeleteRepository change = new DeleteRepository(false);
    // ECR may not find the repository yet, because it was just created.
    retry.callOnNewRepository(
        timeLeft,
        () -> {
          Applier.requireTime(change, name, timeLeft);
          return ecr.apply(name, change, timeLeft, () -> {});
        });
  }
}
