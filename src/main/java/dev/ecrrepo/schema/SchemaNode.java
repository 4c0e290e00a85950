package dev.ecrrepo.schema;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonBoolean;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One object of the schema document, with its keywords by type. Every method throws an
/// [IllegalStateException] if a keyword has a value of another type.
record SchemaNode(JsonObject json) {

  /// For people and their tools; they check nothing.
  private static final Set<String> NOTES =
      Set.of("title", "description", "default", "examples", "$comment", "insertionOrder");

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  static SchemaNode of(Json json, String at) {
    if (json instanceof JsonObject object) {
      return new SchemaNode(object);
    }
    throw broken(at + " is not an object");
  }

  /// Every object lists all of its members: an unknown one is a typing error.
  void closed(String at) {
    if (json.get("additionalProperties").isEmpty() || isTrue("additionalProperties")) {
      throw broken(at + " does not say additionalProperties: false");
    }
  }

  void only(Set<String> keywords, String at) {
    for (String key : json.members().keySet()) {
      if (!keywords.contains(key) && !NOTES.contains(key)) {
        throw broken(at + " has the keyword " + key + ", which nothing checks");
      }
    }
  }

  JsonObject object(String key) {
    Json value = json.get(key).orElse(JsonObject.EMPTY);
    if (value instanceof JsonObject object) {
      return object;
    }
    throw wrongType(key, "an object", value);
  }

  long number(String key, long otherwise) {
    Optional<Json> value = json.get(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (value.get() instanceof JsonNumber(String text) && INTEGER.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    throw wrongType(key, "an integer", value.get());
  }

  /// One string, or a list of them.
  List<String> strings(String key) {
    Optional<Json> value = json.get(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof JsonArray(List<Json> many))) {
      return List.of(string(key, value.get()));
    }
    List<String> strings = new ArrayList<>();
    for (Json each : many) {
      strings.add(string(key, each));
    }
    return strings;
  }

  Optional<String> string(String key) {
    return json.get(key).map(value -> string(key, value));
  }

  private static String string(String key, Json value) {
    if (value instanceof JsonString(String text)) {
      return text;
    }
    throw wrongType(key, "a string", value);
  }

  boolean isTrue(String key) {
    Json value = json.get(key).orElse(Json.of(false));
    if (value instanceof JsonBoolean(boolean isTrue)) {
      return isTrue;
    }
    throw wrongType(key, "a boolean", value);
  }

  private static IllegalStateException wrongType(String keyword, String type, Json value) {
    return broken(keyword + " is not " + type + ": " + value);
  }

  static IllegalStateException broken(String problem) {
    return new IllegalStateException("The schema is broken: " + problem);
  }
}
