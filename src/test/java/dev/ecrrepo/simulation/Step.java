package dev.ecrrepo.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// One step of a history. Each says all of itself, so that a history stays meaningful when others
/// are dropped; one that makes no sense where it comes is passed over.
sealed interface Step {

  /// Creates or updates a stack.
  ///
  /// @param template logical IDs with their properties, JSON with single quotes
  /// @param retained logical IDs that have DeletionPolicy and UpdateReplacePolicy Retain
  /// @param siblingFails whether a resource of another type fails when these are done
  /// @param cancelAfter the seconds after which the last resource is no longer waited for, because
  ///   a sibling failed; or -1
  /// @param atOnce whether all events are sent at the same time
  /// @param dated whether response URLs tell when they were signed
  /// @param beforeRollback what the operator changes before the rollback of an update
  record Deploy(
      String stack,
      Map<String, String> template,
      Set<String> retained,
      boolean siblingFails,
      int cancelAfter,
      boolean atOnce,
      boolean dated,
      Optional<Operate> beforeRollback,
      List<Trouble> troubles,
      long seed)
      implements Step {

    static Deploy of(String stack, Map<String, String> template) {
      return new Deploy(
          stack, template, Set.of(), false, -1, false, true, Optional.empty(), List.of(), 1);
    }

    Deploy with(List<Trouble> some) {
      return changed(draft -> draft.troubles = some);
    }

    Deploy withTemplate(Map<String, String> other) {
      return changed(draft -> draft.template = other);
    }

    Deploy retaining(Set<String> logicalIds) {
      return changed(draft -> draft.retained = logicalIds);
    }

    Deploy failing() {
      return failing(true);
    }

    Deploy failing(boolean fails) {
      return changed(draft -> draft.siblingFails = fails);
    }

    Deploy cancelledAfter(int seconds) {
      return changed(draft -> draft.cancelAfter = seconds);
    }

    Deploy atOnce(boolean all) {
      return changed(draft -> draft.atOnce = all);
    }

    Deploy dated(boolean all) {
      return changed(draft -> draft.dated = all);
    }

    Deploy operatedBeforeRollback(Optional<Operate> change) {
      return changed(draft -> draft.beforeRollback = change);
    }

    Deploy seeded(long number) {
      return changed(draft -> draft.seed = number);
    }

    private Deploy changed(Consumer<Draft> change) {
      Draft draft = new Draft(this);
      change.accept(draft);
      return new Deploy(
          stack,
          draft.template,
          draft.retained,
          draft.siblingFails,
          draft.cancelAfter,
          draft.atOnce,
          draft.dated,
          draft.beforeRollback,
          draft.troubles,
          draft.seed);
    }

    /// What can be changed in a copy.
    private static final class Draft {
      private Map<String, String> template;
      private Set<String> retained;
      private boolean siblingFails;
      private int cancelAfter;
      private boolean atOnce;
      private boolean dated;
      private Optional<Operate> beforeRollback;
      private List<Trouble> troubles;
      private long seed;

      private Draft(Deploy from) {
        template = from.template;
        retained = from.retained;
        siblingFails = from.siblingFails;
        cancelAfter = from.cancelAfter;
        atOnce = from.atOnce;
        dated = from.dated;
        beforeRollback = from.beforeRollback;
        troubles = from.troubles;
        seed = from.seed;
      }
    }
  }

  /// Deletes a stack.
  record DeleteStack(String stack, List<Trouble> troubles, long seed) implements Step {}

  /// Lambda delivers an event again, long after.
  ///
  /// @param back 0 for the newest event
  record Repeat(int back) implements Step {}

  /// What others do with a repository.
  record Act(Deed deed, String repository) implements Step {}

  /// The operator changes a parameter of the provider; empty for its default.
  record Operate(String variable, String value) implements Step {}

  /// Deeds of people, of CI, of other services.
  enum Deed {
    PUSH,
    SET_POLICY,
    DELETE_POLICY,
    SET_LIFECYCLE,
    ADD_TAG,
    REMOVE_OUR_TAGS,
    MAKE_ANEW,
    DELETE,
    MAKE_FOREIGN,
    LAMBDA_STATEMENT,
    DELETE_ROLE,
    MUTABLE,
    INVENTED_VALUE
  }
}
