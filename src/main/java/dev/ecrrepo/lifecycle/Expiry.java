package dev.ecrrepo.lifecycle;

import dev.ecrrepo.validation.CheckedObject;
import java.util.Optional;

/// When images expire.
public sealed interface Expiry {

  /// This many days after the push.
  record AfterDays(int days) implements Expiry {}

  /// No rule expires them for their age, not even the profile's.
  record Never() implements Expiry {}

  /// An integer, or the word `Never`.
  static Optional<Expiry> read(CheckedObject properties, String name) {
    return properties.text(name).isPresent()
        ? Optional.of(new Never())
        : properties.integer(name).map(AfterDays::new);
  }
}
