package dev.ecrrepo.simulation;

import java.util.Set;

/// Faults of the provider that are known and not mended: what they cause is passed over, so that
/// the search goes on to others. `-Dsimulation.strict=true` passes over nothing.
enum Gaps {
  /// A late delivery of an event that a later one undid without a change takes effect.
  NO_TIME_WITHOUT_A_CHANGE,
  /// A rollback finds its repository taken over by a new resource of the stack.
  TAKEN_DURING_THE_UPDATE,
  /// A Create takes each repository that another resource once had for one that it took over
  /// itself.
  RETAINED_AFTER_A_TAKE_OVER,
  /// A rollback brings back a setting that a guardrail, set since, forbids.
  SETTINGS_AFTER_TIGHTENING,
  /// A rollback takes off a tag of others that the refused update stated.
  TAGS_OF_ANOTHER_REPOSITORY,
  /// Two deliveries at once do not wait until ECR shows what one of them created.
  TWINS_DO_NOT_WAIT,
  /// A policy that the SDK's first attempt removed is missed by the second.
  REMOVED_BY_THE_FIRST_ATTEMPT,
  /// A rollback of giving up an adoption removes a lifecycle policy that was there.
  ADOPTED_AGAIN,
  /// What could not be finished right after its creation is not removed, because ECR shows it late.
  REMOVED_TOO_EARLY,
  /// A delivery that fails gives back what another delivery of the same event took over.
  A_TWIN_GIVES_BACK;

  private static final Set<Gaps> OPEN =
      Boolean.getBoolean("simulation.strict") ? Set.of() : Set.of(values());

  boolean isOpen() {
    return OPEN.contains(this);
  }
}
