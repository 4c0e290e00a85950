package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.JsonPath;
import java.util.Optional;

/// The beginning of a fault: the value as its author wrote it. The values of tags are left out:
/// they may be confidential, and everybody who can read the stack's events or the log sees the
/// fault.
final class Quotation {

  private static final JsonPath TAGS = JsonPath.of("Tags");

  private Quotation() {}

  /// The value and a blank, or nothing.
  static String of(Json value, JsonPath path) {
    return isConfidential(path) ? "" : Fault.quote(value) + " ";
  }

  static boolean isConfidential(JsonPath path) {
    Optional<JsonPath> around = path.parent();
    boolean key = around.isPresent() && path.equals(around.get().member("Key"));
    Optional<JsonPath> here = Optional.of(path);
    while (here.isPresent() && !here.get().equals(TAGS)) {
      here = here.get().parent();
    }
    return here.isPresent() && !key;
  }
}
