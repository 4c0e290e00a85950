package dev.ecrrepo.policy;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonSyntaxException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Functions on a parsed policy document: finding its statements and strings, and copying it with
/// other ones.
public final class PolicyDocument {

  /// The `Version` (of the policy language) in the policies that this package writes.
  static final String VERSION = "2012-10-17";

  /// The `Version` of a policy that states none.
  static final String VERSION_IF_ABSENT = "2008-10-17";

  private PolicyDocument() {}

  /// The text as a JSON object; empty if it is not JSON or not an object.
  static Optional<JsonObject> parse(String text) {
    try {
      return Json.parse(text) instanceof JsonObject policy ? Optional.of(policy) : Optional.empty();
    } catch (JsonSyntaxException _) {
      return Optional.empty();
    }
  }

  /// The statements, whether one or a list.
  public static List<Json> statements(JsonObject policy) {
    return policy.get("Statement").map(PolicyDocument::elements).orElse(List.of());
  }

  /// The elements of a list; a single value as a list of one, since IAM accepts either.
  static List<Json> elements(Json value) {
    return value instanceof JsonArray(List<Json> many) ? many : List.of(value);
  }

  /// The same policy with other statements.
  static JsonObject withStatements(JsonObject policy, List<Json> statements) {
    Map<String, Json> members = new LinkedHashMap<>(policy.members());
    members.put("Statement", Json.array(statements));
    return new JsonObject(members);
  }

  /// All strings in a value, but no names of members.
  static Set<String> strings(Json value) {
    return switch (value) {
      case JsonString(String text) -> Set.of(text);
      case JsonArray(List<Json> elements) -> strings(elements);
      case JsonObject(Map<String, Json> members) -> strings(members.values());
      default -> Set.of();
    };
  }

  private static Set<String> strings(Collection<Json> values) {
    return values.stream()
        .flatMap(value -> strings(value).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The same value with other strings; names of members stay.
  static Json mapStrings(Json value, UnaryOperator<String> change) {
    return switch (value) {
      case JsonString(String text) -> Json.of(change.apply(text));
      case JsonArray(List<Json> elements) ->
          Json.array(elements.stream().map(each -> mapStrings(each, change)).toList());
      case JsonObject(Map<String, Json> members) -> {
        Map<String, Json> mapped = new LinkedHashMap<>();
        members.forEach((name, each) -> mapped.put(name, mapStrings(each, change)));
        yield new JsonObject(mapped);
      }
      default -> value;
    };
  }
}
