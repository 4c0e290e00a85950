package dev.ecrrepo.validation;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.wording.WrongKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads a policy that an author wrote as an object or as JSON text.
public final class PolicyText {

  private PolicyText() {}

  /// @param wrongKind what is wrong with a document that is not an object
  /// @return nothing where there is a fault
  public static Optional<JsonObject> read(
      Json objectOrText, JsonPath path, Function<Json, Fault> wrongKind, List<Fault> faults) {
    try {
      Json policy =
          objectOrText instanceof JsonString(String text) ? Json.parse(text) : objectOrText;
      if (policy instanceof JsonObject object) {
        return Optional.of(object);
      }
      faults.add(WrongKind.quotedTwice(path, policy).orElseGet(() -> wrongKind.apply(policy)));
    } catch (JsonSyntaxException e) {
      faults.add(Fault.at(path, "is not JSON: " + e.getMessage(), e.remedy("policy")));
    }
    return Optional.empty();
  }
}
