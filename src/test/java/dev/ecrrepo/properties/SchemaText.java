package dev.ecrrepo.properties;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The schema file as a document, for what the provider itself does not read: descriptions,
/// defaults, examples.
record SchemaText(JsonObject document) {

  static SchemaText read() {
    try {
      return new SchemaText(
          (JsonObject) Json.parse(Files.readString(Path.of("schema/custom-ecrrepo.json"))));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  String typeName() {
    return document.string("typeName").orElseThrow();
  }

  /// What a template may state.
  JsonObject properties() {
    Map<String, Json> stated = new LinkedHashMap<>(object(document, "properties").members());
    stated.keySet().removeAll(attributes());
    return new JsonObject(stated);
  }

  /// What only `Fn::GetAtt` gives.
  List<String> attributes() {
    return names("readOnlyProperties");
  }

  /// The names in a list of pointers such as `/properties/Arn`.
  List<String> names(String key) {
    return strings(document, key).stream()
        .map(pointer -> pointer.substring("/properties/".length()))
        .toList();
  }

  JsonObject definitions() {
    return object(document, "definitions");
  }

  List<JsonObject> examples() {
    return document.get("examples").orElseThrow() instanceof JsonArray(List<Json> examples)
        ? examples.stream().map(JsonObject.class::cast).toList()
        : List.of();
  }

  /// The node itself, or what it refers to.
  JsonObject resolved(JsonObject node) {
    return node.string("$ref")
        .map(reference -> object(definitions(), name(reference)))
        .orElse(node);
  }

  /// The last step of `#/definitions/Tag`.
  static String name(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  static JsonObject object(JsonObject node, String key) {
    return node.get(key).orElse(JsonObject.EMPTY) instanceof JsonObject found
        ? found
        : JsonObject.EMPTY;
  }

  static List<String> strings(JsonObject node, String key) {
    return node.get(key).orElse(Json.array(List.of())) instanceof JsonArray(List<Json> elements)
        ? elements.stream().map(each -> ((JsonString) each).value()).toList()
        : List.of();
  }

  /// What `$comment` tells the reference: `Default: …; Update requires: …`.
  static Map<String, String> notes(JsonObject node) {
    Map<String, String> notes = new LinkedHashMap<>();
    for (String note : node.string("$comment").orElse("").split("; ")) {
      int colon = note.indexOf(": ");
      if (colon > 0) {
        notes.put(note.substring(0, colon), note.substring(colon + 2));
      }
    }
    return notes;
  }
}
