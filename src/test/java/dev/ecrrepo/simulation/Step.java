package dev.ecrrepo.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
      return new Deploy(
          stack,
          template,
          retained,
          siblingFails,
          cancelAfter,
          atOnce,
          dated,
          beforeRollback,
          some,
          seed);
    }

    Deploy withTemplate(Map<String, String> other) {
      return new Deploy(
          stack,
          other,
          retained,
          siblingFails,
          cancelAfter,
          atOnce,
          dated,
          beforeRollback,
          troubles,
          seed);
    }

    Deploy retaining(Set<String> logicalIds) {
      return new Deploy(
          stack,
          template,
          logicalIds,
          siblingFails,
          cancelAfter,
          atOnce,
          dated,
          beforeRollback,
          troubles,
          seed);
    }

    Deploy failing() {
      return failing(true);
    }

    Deploy failing(boolean fails) {
      return new Deploy(
          stack,
          template,
          retained,
          fails,
          cancelAfter,
          atOnce,
          dated,
          beforeRollback,
          troubles,
          seed);
    }

    Deploy cancelledAfter(int seconds) {
      return new Deploy(
          stack,
          template,
          retained,
          siblingFails,
          seconds,
          atOnce,
          dated,
          beforeRollback,
          troubles,
          seed);
    }

    Deploy atOnce(boolean all) {
      return new Deploy(
          stack,
          template,
          retained,
          siblingFails,
          cancelAfter,
          all,
          dated,
          beforeRollback,
          troubles,
          seed);
    }

    Deploy dated(boolean all) {
      return new Deploy(
          stack,
          template,
          retained,
          siblingFails,
          cancelAfter,
          atOnce,
          all,
          beforeRollback,
          troubles,
          seed);
    }

    Deploy operatedBeforeRollback(Optional<Operate> change) {
      return new Deploy(
          stack,
          template,
          retained,
          siblingFails,
          cancelAfter,
          atOnce,
          dated,
          change,
          troubles,
          seed);
    }

    Deploy seeded(long number) {
      return new Deploy(
          stack,
          template,
          retained,
          siblingFails,
          cancelAfter,
          atOnce,
          dated,
          beforeRollback,
          troubles,
          number);
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
