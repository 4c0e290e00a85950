package dev.ecrrepo.repository;

import dev.ecrrepo.access.RepositoryPolicy;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.Change.DeleteRepository;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.EcrFailure.Kind;
import dev.ecrrepo.repository.Plan.Proceed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes the changes of a plan, and takes back what it began if it cannot finish: a repository that
/// it created goes again, an adopted one gets back what it had.
final class Applier {

  /// What came of it.
  sealed interface Outcome {

    /// Every change was made.
    record Applied(ObservedRepository repository) implements Outcome {}

    /// The name was taken when the repository should be created; nothing was changed.
    record Taken() implements Outcome {}

    /// Not every change was made.
    ///
    /// @param remains whether a repository of this resource exists all the same
    record Failed(String reason, boolean remains) implements Outcome {}
  }

  private final EcrGateway ecr;
  private final Retry retry;

  Applier(EcrGateway ecr, Retry retry) {
    this.ecr = ecr;
    this.retry = retry;
  }

  /// @param before the repository as it was; absent if the plan creates it
  Outcome apply(Proceed plan, Optional<ObservedRepository> before, Budget budget) {
    Optional<ObservedRepository> repository = before;
    boolean created = false;
    List<Change> made = new ArrayList<>();
    try {
      for (List<Change> step : plan.steps()) {
        if (step.getFirst() instanceof CreateRepository create) {
          requireTime(create, create.name(), budget);
          repository = Optional.of(ecr.create(create, budget));
          created = true;
        } else {
          boolean fresh = created || (plan.adopts() && !made.isEmpty());
          step(step, repository.orElseThrow(), fresh, made, budget);
        }
      }
      return new Outcome.Applied(repository.orElseThrow());
    } catch (EcrFailure e) {
      if (repository.isEmpty()) {
        return e.kind() == Kind.REPOSITORY_EXISTS
            ? new Outcome.Taken()
            : new Outcome.Failed(e.getMessage(), false);
      }
      if (created) {
        return removed(repository.get(), e, budget.whole());
      }
      return plan.adopts()
          ? putBack(repository.get(), made, e, budget.whole())
          : new Outcome.Failed(e.getMessage(), true);
    }
  }

  /// All changes of a step at once. Each is waited for, so that `made` is complete.
  private void step(
      List<Change> step,
      ObservedRepository repository,
      boolean fresh,
      List<Change> made,
      Budget budget) {
    if (step.size() == 1) {
      one(step.getFirst(), repository, fresh, budget);
      made.add(step.getFirst());
      return;
    }
    List<EcrFailure> failures = new ArrayList<>();
    try (Parallel parallel = new Parallel()) {
      List<Supplier<Change>> running = new ArrayList<>();
      for (Change change : step) {
        running.add(
            parallel.start(() -> {
              one(change, repository, fresh, budget);
              return change;
            }));
      }
      for (Supplier<Change> change : running) {
        try {
          made.add(change.get());
        } catch (EcrFailure e) {
          failures.add(e);
        }
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private void one(Change change, ObservedRepository repository, boolean fresh, Budget budget) {
    try {
      retry.call(
          fresh,
          budget,
          () -> {
            requireTime(change, repository.name(), budget);
            ecr.apply(repository.name(), change, budget);
            return change;
          });
    } catch (EcrFailure e) {
      throw e.kind() == Kind.PRINCIPAL_UNKNOWN && change instanceof SetRepositoryPolicy(String text)
          ? e.amongst(RepositoryPolicy.principalsOf(text))
          : e;
    }
  }

  private static void requireTime(Change change, String name, Budget budget) {
    if (!budget.mayStillChange().getAsBoolean()) {
      throw EcrFailure.timeOver(change.describe(), name);
    }
  }

  /// Without force: should somebody have pushed an image already, it stays.
  private Outcome removed(ObservedRepository repository, EcrFailure cause, Budget budget) {
    try {
      one(new DeleteRepository(false), repository, false, budget);
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

  private Outcome putBack(
      ObservedRepository before, List<Change> made, EcrFailure cause, Budget budget) {
    List<String> left = new ArrayList<>();
    for (Change change : made.reversed()) {
      for (Change inverse : Undo.of(change, before)) {
        try {
          one(inverse, before, false, budget);
        } catch (EcrFailure e) {
          left.add(inverse.describe());
        }
      }
    }
    return left.isEmpty()
        ? new Outcome.Failed(
            cause.getMessage() + " The adoption was undone: the repository is as it was.", false)
        : new Outcome.Failed(
            cause.getMessage()
                + " Of what the adoption had changed in "
                + before.name()
                + ", this could not be put back: "
                + String.join("; ", left)
                + ".",
            true);
  }
}
