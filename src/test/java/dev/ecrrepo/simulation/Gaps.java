package dev.ecrrepo.simulation;

import java.util.Set;

/// Faults of the provider that are known and not mended: what they cause is passed over, so that
/// the search goes on to others. `-Dsimulation.strict=true` passes over nothing.
enum Gaps {
  /// A delivery whose creation ended without an answer removes what its twin created and reported.
  REMOVES_WHAT_A_TWIN_CREATED,
  /// A repeated delivery of an Update that took a repository over ends the rename.
  REPEATED_TAKE_OVER_ENDS_THE_RENAME,
  /// A Create that comes after a take-over nobody was told of marks the repository as adopted.
  ADOPTED_THOUGH_OWN;

  private static final Set<Gaps> OPEN =
      Boolean.getBoolean("simulation.strict") ? Set.of() : Set.of(values());

  boolean isOpen() {
    return OPEN.contains(this);
  }
}
