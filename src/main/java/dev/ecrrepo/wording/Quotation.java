package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.JsonPath;
import java.util.Optional;

/// The beginning of a fault: the value as its author wrote it. Nothing in `Tags` is quoted, except
/// the keys: the values may be confidential, and everybody who can read the stack's events or the
/// log sees the fault.
final class Quotation {

  private static final JsonPath TAGS = JsonPath.of("Tags");

  private Quotation() {}

  /// The value and a blank, or nothing.
  static String of(Json value, JsonPath path) {
    return isConfidential(path) ? "" : Fault.quote(value) + " ";
  }

  /// `Tags` and everything below it, except a member named `Key`.
  static boolean isConfidential(JsonPath path) {
    Optional<JsonPath> parent = path.parent();
    boolean isTagKey = parent.isPresent() && path.equals(parent.get().member("Key"));
    Optional<JsonPath> ancestor = Optional.of(path);
    while (ancestor.isPresent() && !ancestor.get().equals(TAGS)) {
      ancestor = ancestor.get().parent();
    }
    return ancestor.isPresent() && !isTagKey;
  }
}
