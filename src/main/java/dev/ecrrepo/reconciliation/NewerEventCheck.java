package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.repository.StackResource;
import dev.ecrrepo.repository.TagState;
import dev.ecrrepo.time.TimeLeft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether an event that had to wait may continue. ECR has no compare-and-swap, so the tags are
/// read again before each further attempt. If the record is newer than this event, or another
/// resource owns the repository, the event stops.
///
/// @param owners the resources that may own the repository before and after the change
/// @param time of the event
record NewerEventCheck(List<StackResource> owners, Optional<Instant> time) {

  /// @throws EcrFailure of kind SUPERSEDED
  void check(EcrGateway ecr, String name, TimeLeft timeLeft) {
    Optional<Map<String, String>> tags = ecr.tags(name, timeLeft);
    // If there is no repository, it is not visible yet, or the next call reports it.
    if (tags.isPresent() && isSuperseded(tags.get())) {
      throw EcrFailure.superseded(name);
    }
  }

  private boolean isSuperseded(Map<String, String> tags) {
    TagState state = TagState.of(tags);
    Optional<StackResource> owner = state.ownership().owner();
    // New tags may not be visible yet, so no owner does not count as another owner.
    boolean ownedByAnother = owner.isPresent() && !owners.contains(owner.get());
    return ownedByAnother || state.hasNewerRecordThan(time);
  }
}
