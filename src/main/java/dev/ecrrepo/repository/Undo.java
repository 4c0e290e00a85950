package dev.ecrrepo.repository;

import dev.ecrrepo.repository.Applier.Outcome;
import dev.ecrrepo.repository.Change.DeleteRepository;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.Change.UntagResource;
import dev.ecrrepo.repository.EcrFailure.Kind;
import dev.ecrrepo.repository.Plan.Proceed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes back what a plan began and could not finish. Never by force.
record Undo(EcrGateway ecr) {

  /// A creation whose call failed may have taken effect all the same. Of an Update nobody would
  /// know the repository's name.
  Outcome creation(Intent intent, EcrFailure cause, Budget budget) {
    boolean unknown = cause.kind() == Kind.TIME_OVER || cause.kind() == Kind.OTHER;
    try {
      boolean made =
          unknown
              && ecr.tags(intent.name(), budget)
                  .map(Ownership::of)
                  .filter(ownership -> ownership.isOf(intent.self()))
                  .flatMap(Ownership::createdBy)
                  .filter(intent.requestId()::equals)
                  .isPresent();
      if (made) {
        remove(intent.name(), budget);
      }
      return new Outcome.Failed(cause.getMessage(), false);
    } catch (EcrFailure e) {
      return e.kind() == Kind.REPOSITORY_ABSENT
          ? new Outcome.Failed(cause.getMessage(), false)
          : new Outcome.Failed(
              cause.getMessage()
                  + " Whether repository "
                  + intent.name()
                  + " was created is not known: "
                  + e.getMessage(),
              false);
    }
  }

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

  /// The tags of a take-over may have been written though their call failed.
  Outcome takeOver(
      Proceed plan, ObservedRepository before, EcrFailure cause, Budget budget) {
    if (cause.kind() != Kind.TIME_OVER && cause.kind() != Kind.OTHER) {
      return new Outcome.Failed(cause.getMessage(), false);
    }
    try {
      for (Change change : plan.changes()) {
        if (change instanceof TagResource(Map<String, String> tags)) {
          for (Change inverse : restored(tags, before.tags())) {
            change(inverse, before, budget);
          }
        }
      }
      return new Outcome.Failed(
          cause.getMessage() + " The take-over was undone: the repository is as it was.", false);
    } catch (EcrFailure e) {
      return new Outcome.Failed(
          cause.getMessage() + " Its ownership tags could not be restored: " + e.getMessage(),
          true);
    }
  }

  private static List<Change> restored(Map<String, String> written, Map<String, String> before) {
    Map<String, String> changed = new LinkedHashMap<>(before);
    changed.keySet().retainAll(written.keySet());
    List<String> added = written.keySet().stream().filter(k -> !before.containsKey(k)).toList();
    List<Change> changes = new ArrayList<>();
    if (!changed.isEmpty()) {
      changes.add(new TagResource(changed));
    }
    if (!added.isEmpty()) {
      changes.add(new UntagResource(added));
    }
    return changes;
  }

  private void remove(String name, Budget budget) {
    DeleteRepository change = new DeleteRepository(false);
    Applier.requireTime(change, name, budget);
    ecr.apply(name, change, budget, () -> {});
  }

  private void change(Change change, ObservedRepository repository, Budget budget) {
    Applier.requireTime(change, repository.name(), budget);
    ecr.apply(repository.name(), change, budget, () -> {});
  }
}
