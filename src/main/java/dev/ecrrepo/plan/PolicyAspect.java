package dev.ecrrepo.plan;

import dev.ecrrepo.repository.AppliedRecord.Aspect;
import java.util.Optional;

/// What the record says of the lifecycle policy or the repository policy. All values are digests.
///
/// @param last what it says so far
/// @param wanted by the template
/// @param live what the repository has
/// @param known whether the record or, in a first delivery, the old properties name the live one.
///   True also for a found one, which others wrote: see [Aspect#found].
record PolicyAspect(Aspect last, Optional<String> wanted, Optional<String> live, boolean known) {

  /// Whether the live one may be removed or replaced. One that others wrote, and that the template
  /// stated as it was, stays when the template no longer states it: a rollback changes nothing.
  boolean mayReplace() {
    return known && (wanted.isPresent() || !wasFound());
  }

  /// Whether the record says that the template wanted a policy.
  boolean wasWanted() {
    return last.wanted().isPresent();
  }

  /// Likewise, or the live policy is the one before. It is still there if its removal failed, and
  /// CloudFormation skipped the resource in the rollback.
  boolean wasWantedOrRemains() {
    return wasWanted() || live.filter(last::has).isPresent();
  }

  /// What it says next. An Update that first states what others wrote marks it as found; a later
  /// one that still states it makes it the resource's own. A Create need not: its rollback is a
  /// Delete.
  ///
  /// @param repeated whether this very event wrote the record
  Aspect nextAspect(boolean creating, boolean repeated) {
    boolean same = wanted.isPresent() && wanted.equals(live);
    if (wasFound() && !repeated) {
      if (same) {
        return Aspect.of(wanted);
      }
      return wanted.isEmpty() ? Aspect.NONE : withWanted();
    }
    return same && !known && !creating ? Aspect.found(live.orElseThrow()) : withWanted();
  }

  private boolean wasFound() {
    return live.filter(last::wasFound).isPresent();
  }

  /// The record may lack the live policy, because the event that set it could not write the record.
  /// It is added, so that a repeated delivery still knows whose the policy is.
  private Aspect withWanted() {
    Optional<String> own = live.filter(_ -> known);
    boolean lacksOwn = own.filter(policy -> !last.has(policy)).isPresent();
    return lacksOwn && wanted.equals(last.wanted())
        ? new Aspect(wanted, own)
        : last.withWanted(wanted, own);
  }
}
