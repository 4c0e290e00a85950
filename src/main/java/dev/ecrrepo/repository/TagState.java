package dev.ecrrepo.repository;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What the provider's own tags say of a repository.
///
/// @param applied what was last applied to it, if that is known
public record TagState(Ownership ownership, Optional<AppliedRecord> applied) {

  public static TagState of(Map<String, String> tags) {
    return new TagState(Ownership.of(tags), AppliedRecord.of(tags));
  }

  /// Whether a resource owns it, and was last moved to it from another repository.
  ///
  /// @param former the other repository
  /// @param last the record on the other repository
  public boolean wasMovedFrom(String former, Optional<AppliedRecord> last, StackResource self) {
    return ownership.isOwnedBy(self)
        && applied.flatMap(AppliedRecord::returnedFrom).filter(former::equals).isPresent()
        && last.filter(record -> record.isNewerThan(applied.flatMap(AppliedRecord::time)))
            .isEmpty();
  }

  /// Whether its record was written by a newer event.
  ///
  /// @param event the time of the event that is compared
  public boolean hasNewerRecordThan(Optional<Instant> event) {
    return applied.filter(record -> record.isNewerThan(event)).isPresent();
  }
}
