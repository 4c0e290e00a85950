package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.validation.CheckedObject;
import dev.ecrrepo.validation.Decoded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the author's tags.
final class TagReader {

  private TagReader() {}

  /// By key; a key that is there twice is a fault.
  static Decoded<Map<String, String>> read(CheckedObject properties) {
    List<Fault> faults = new ArrayList<>();
    Map<String, String> tags = new LinkedHashMap<>();
    Map<String, CheckedObject> firsts = new HashMap<>();
    for (CheckedObject tag : properties.objects("Tags")) {
      Optional<String> key = tag.text("Key");
      if (key.isEmpty()) {
        continue;
      }
      CheckedObject first = firsts.putIfAbsent(key.get(), tag);
      if (first == null) {
        tags.put(key.get(), tag.text("Value").orElse(""));
      } else {
        faults.add(
            Fault.at(
                tag.path("Key"),
                Fault.quote(key.get()) + " is the key of " + first.path() + " already",
                "Remove one of the two."));
      }
    }
    return new Decoded<>(tags, faults);
  }
}
