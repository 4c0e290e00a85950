package dev.ecrrepo.plan;

import java.util.Optional;

/// What to do about the lifecycle policy or the repository policy. A policy is managed as a whole.
enum PolicyDecision {
  /// Nothing: it is as wanted, or the resource never stated one.
  NOTHING,
  /// Write what is wanted.
  SET,
  /// Remove what the resource stated and no longer does.
  REMOVE,
  /// Leave it, and say so: it is no longer wanted, but others wrote it, before this resource stated
  /// the same or since.
  KEEP_FOREIGN,
  /// Refuse: the resource states one for the first time where somebody else's is.
  REFUSE;

  /// @param same whether the live one means what is wanted
  /// @param mayReplace whether the live one may be removed or replaced
  /// @param wasWanted whether the record, or without one the old properties, wanted one
  /// @param mayBeLeftOver whether the record or the old properties wanted one, or the live one is
  ///   the record's earlier one
  static PolicyDecision of(
      Optional<?> wanted,
      Optional<?> live,
      boolean same,
      boolean mayReplace,
      boolean wasWanted,
      boolean mayBeLeftOver) {
    if (wanted.isPresent()) {
      if (same) {
        return NOTHING;
      }
      return live.isEmpty() || mayReplace || wasWanted ? SET : REFUSE;
    }
    if (live.isEmpty() || !mayBeLeftOver) {
      return NOTHING;
    }
    return mayReplace ? REMOVE : KEEP_FOREIGN;
  }
}
