package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The author's tags.
final class TagReader {

  static final String PROPERTY = "Tags";

  private TagReader() {}

  /// Those that can be read, by key; a key that stands twice is a fault.
  static Map<String, String> read(JsonObject properties, List<Fault> faults) {
    Map<String, String> tags = new LinkedHashMap<>();
    Map<String, Integer> seen = new LinkedHashMap<>();
    if (!(properties.get(PROPERTY).orElse(null) instanceof JsonArray(List<Json> elements))) {
      return tags;
    }
    for (int i = 0; i < elements.size() && !Fault.enough(faults); i++) {
      if (!(elements.get(i) instanceof JsonObject tag)) {
        continue;
      }
      Optional<String> key = tag.get("Key").flatMap(Scalars::text);
      if (key.isEmpty()) {
        continue;
      }
      Integer first = seen.putIfAbsent(key.get(), i);
      if (first == null) {
        tags.put(key.get(), tag.get("Value").flatMap(Scalars::text).orElse(""));
      } else {
        faults.add(
            Fault.at(
                JsonPath.of(PROPERTY).element(i).member("Key"),
                Fault.quote(key.get()) + " is the key of " + PROPERTY + "[" + first + "] already",
                "Remove one of the two."));
      }
    }
    return tags;
  }
}
