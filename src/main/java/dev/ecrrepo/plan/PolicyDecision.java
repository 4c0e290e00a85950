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
  /// Leave it, and say so: it is no longer stated, but somebody changed it since.
  KEEP_CHANGED,
  /// Refuse: the resource states one for the first time where somebody else's is.
  REFUSE;

  /// @param same whether the live one means what is wanted
  /// @param mayReplace whether the live one may be removed or replaced
  /// @param stated whether the record, or without one the old properties, say that one was stated
  /// @param mayHaveBeenStated whether either says so
  static PolicyDecision of(
      Optional<?> wanted,
      Optional<?> live,
      boolean same,
      boolean mayReplace,
      boolean stated,
      boolean mayHaveBeenStated) {
    if (wanted.isPresent()) {
      if (same) {
        return NOTHING;
      }
      return live.isEmpty() || mayReplace || stated ? SET : REFUSE;
    }
    if (live.isEmpty() || !mayHaveBeenStated) {
      return NOTHING;
    }
    return mayReplace ? REMOVE : KEEP_CHANGED;
  }
}
