package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.JsonPath;
import java.util.Optional;

/// How a fault begins: with the value as its author wrote it, except for the values of tags. Those
/// may be confidential, and whoever can read the stack's events or the log would see them.
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
