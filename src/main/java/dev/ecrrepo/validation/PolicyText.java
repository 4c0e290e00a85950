package dev.ecrrepo.validation;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.wording.WrongType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads a policy that an author wrote as an object or as JSON text.
public final class PolicyText {

  private PolicyText() {}

  /// @param wrongType what is wrong with a document that is not an object
  /// @return nothing where there is a fault
  public static Decoded<Optional<JsonObject>> read(
      Json objectOrText, JsonPath path, Function<Json, Fault> wrongType) {
    try {
      Json policy =
          objectOrText instanceof JsonString(String text) ? Json.parse(text) : objectOrText;
      return policy instanceof JsonObject object
          ? new Decoded<>(Optional.of(object), List.of())
          : faulty(WrongType.quotedTwice(path, policy).orElseGet(() -> wrongType.apply(policy)));
    } catch (JsonSyntaxException e) {
      return faulty(Fault.at(path, "is not JSON: " + e.getMessage(), e.remedy("policy")));
    }
  }

  private static Decoded<Optional<JsonObject>> faulty(Fault fault) {
    return new Decoded<>(Optional.empty(), List.of(fault));
  }
}
