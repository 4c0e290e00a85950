package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import java.util.List;
import java.util.Optional;

/// How long images of a kind live.
public sealed interface Expiry {

  /// They expire so many days after the push.
  record AfterDays(int days) implements Expiry {}

  /// No rule expires them for their age, not even the profile's.
  record Never() implements Expiry {}

  /// An integer from 1, or `Never`.
  static Optional<Expiry> read(Json value, JsonPath at, List<Fault> faults) {
    if (value.equals(new JsonString("Never"))) {
      return Optional.of(new Never());
    }
    return WholeNumber.read(value, at, 1, "a number of days such as 14, or Never", faults)
        .map(AfterDays::new);
  }
}
