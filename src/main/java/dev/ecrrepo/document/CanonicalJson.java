package dev.ecrrepo.document;

import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Parts of a normal form, in which two documents of the same meaning are equal. Which lists may be
/// reordered depends on the kind of document, so the callers decide it.
public final class CanonicalJson {

  private CanonicalJson() {}

  /// The same value with the members of every object sorted by key; lists keep their order.
  public static Json sortKeys(Json json) {
    return switch (json) {
      case JsonObject(Map<String, Json> members) ->
          new JsonObject(
              members.entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey,
                          e -> sortKeys(e.getValue()),
                          (a, _) -> a,
                          TreeMap::new)));
      case JsonArray(List<Json> elements) ->
          new JsonArray(elements.stream().map(CanonicalJson::sortKeys).toList());
      default -> json;
    };
  }

  /// A list whose order and repetitions carry no meaning: sorted, without duplicates; a scalar
  /// becomes a list of one.
  public static JsonArray asSet(Json json) {
    List<Json> elements = json instanceof JsonArray(List<Json> many) ? many : List.of(json);
    Map<String, Json> sorted = new TreeMap<>();
    for (Json element : elements) {
      Json canonical = sortKeys(element);
      sorted.putIfAbsent(canonical.toString(), canonical);
    }
    return new JsonArray(List.copyOf(sorted.values()));
  }
}
