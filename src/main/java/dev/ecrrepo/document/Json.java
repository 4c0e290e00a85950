package dev.ecrrepo.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value (RFC 8259), immutable, members in the order they were written.
///
/// Numbers keep their text: authors write account IDs without quotes, and what a YAML parser makes
/// of them (`1.23E11`) has to be recognised, not rounded.
public sealed interface Json {

  /// An object; keys are unique.
  record JsonObject(Map<String, Json> members) implements Json {
    /// No members.
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    public JsonObject {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public Optional<Json> get(String key) {
      return Optional.ofNullable(members.get(key));
    }

    /// The member if it is a string.
    public Optional<String> string(String key) {
      return members.get(key) instanceof JsonString(String value)
          ? Optional.of(value)
          : Optional.empty();
    }

    public boolean isEmpty() {
      return members.isEmpty();
    }

    @Override
    public String toString() {
      return JsonText.compact(this);
    }
  }

  /// An array.
  record JsonArray(List<Json> elements) implements Json {
    public JsonArray {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return JsonText.compact(this);
    }
  }

  /// A string, unescaped.
  record JsonString(String value) implements Json {
    @Override
    public String toString() {
      return JsonText.compact(this);
    }
  }

  /// A number, as it was written.
  record JsonNumber(String text) implements Json {
    @Override
    public String toString() {
      return text;
    }
  }

  /// `true` or `false`.
  record JsonBoolean(boolean value) implements Json {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /// `null`.
  record JsonNull() implements Json {
    @Override
    public String toString() {
      return "null";
    }
  }

  static JsonString of(String value) {
    return new JsonString(value);
  }

  static JsonNumber of(long value) {
    return new JsonNumber(Long.toString(value));
  }

  static JsonBoolean of(boolean value) {
    return new JsonBoolean(value);
  }

  static JsonArray array(List<? extends Json> elements) {
    return new JsonArray(List.copyOf(elements));
  }

  /// An array of strings.
  static JsonArray strings(List<String> values) {
    return new JsonArray(values.stream().<Json>map(JsonString::new).toList());
  }

  /// An object with these members, in this order.
  static JsonObject object(Map<String, ? extends Json> members) {
    return new JsonObject(Collections.unmodifiableMap(members));
  }

  /// Reads one JSON document.
  ///
  /// @throws JsonSyntaxException if the text is not exactly one JSON value, has a key twice in one
  ///   object, or is nested deeper than [JsonText#MAX_DEPTH]; it states line and column if they
  ///   help
  static Json parse(String text) throws JsonSyntaxException {
    return JsonText.parse(text);
  }

  /// What can be read of a text that [#parse] refuses: everything before its first syntax error,
  /// and a [JsonNull] in place of what is nested too deep. Of a duplicate key, the last value
  /// counts.
  static Json salvage(String text) {
    return LenientJsonReader.read(text);
  }

  /// What a person calls this kind of value: "an object", "a list", "a string", ….
  default String kind() {
    return switch (this) {
      case JsonObject _ -> "an object";
      case JsonArray _ -> "a list";
      case JsonString _ -> "a string";
      case JsonNumber _ -> "a number";
      case JsonBoolean _ -> "a boolean";
      case JsonNull _ -> "null";
    };
  }
}
