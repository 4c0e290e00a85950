package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.Budget;
import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrFailure.Kind;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.reconciliation.Applier.Outcome;
import dev.ecrrepo.repository.Change.DeleteRepository;
import dev.ecrrepo.repository.ObservedRepository;

/// Removes what an invocation created and could not finish. Never by force. A take-over is not
/// undone here: another delivery of the same event may have reported it. The Delete that follows
/// gives it back.
record Undo(EcrGateway ecr, Retry retry) {

  /// Without force: should somebody have pushed an image already, it stays.
  Outcome created(ObservedRepository repository, EcrFailure cause, Budget budget) {
    if (cause.kind() == Kind.SUPERSEDED) {
      return new Outcome.Failed(cause.getMessage(), true);
    }
    try {
      remove(repository.name(), budget);
      return new Outcome.Failed(cause.getMessage(), false);
    } catch (EcrFailure e) {
      return e.kind() == Kind.REPOSITORY_ABSENT
          ? new Outcome.Failed(cause.getMessage(), false)
          : new Outcome.Failed(
              cause.getMessage()
                  + " The repository "
                  + repository.name()
                  + " was created and could not be removed again: "
                  + e.getMessage(),
              true);
    }
  }

  private void remove(String name, Budget budget) {
    DeleteRepository change = new DeleteRepository(false);
    // What was created a moment ago may not be seen yet.
    retry.call(
        true,
        budget,
        () -> {},
        () -> {
          Applier.requireTime(change, name, budget);
          return ecr.apply(name, change, budget, () -> {});
        });
  }
}
