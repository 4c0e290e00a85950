package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.Budget;
import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.Ownership;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether an event that had to wait may still go on. There is no compare-and-swap in ECR, so the
/// tags are read again before each further attempt: a younger record or another owner ends the
/// work.
///
/// @param owners whom the repository may belong to: this resource, and whose it was before
/// @param time of the event
record NewerEventCheck(List<Owner> owners, Optional<Instant> time) {

  /// @throws EcrFailure of kind SUPERSEDED
  void check(EcrGateway ecr, String name, Budget budget) {
    Optional<Map<String, String>> tags = ecr.tags(name, budget);
    // Absent, it was created a moment ago and is not seen yet; or it is gone, and the call says so.
    if (tags.isPresent() && isOver(tags.get())) {
      throw EcrFailure.superseded(name);
    }
  }

  private boolean isOver(Map<String, String> tags) {
    Optional<Owner> now = Ownership.of(tags).owner();
    // Tags written a moment ago may be seen late: no owner at all is not another one.
    boolean another = now.isPresent() && !owners.contains(now.get());
    return another || AppliedRecord.of(tags).filter(r -> r.isYoungerThan(time)).isPresent();
  }
}
