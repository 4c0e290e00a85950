package dev.ecrrepo.validation;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonBoolean;
import dev.ecrrepo.document.Json.JsonNull;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An object that the schema has checked. The getters return empty for a faulty value: its fault is
/// reported already, and a reader reports only what the schema cannot know.
///
/// @param path where the object is in the document
/// @param values of the types that the schema has; `null` in place of a faulty value, of an unknown
///   member and of a missing one that is required
public record CheckedObject(JsonPath path, JsonObject values) {

  /// A string of a list, and its place.
  public record Text(JsonPath path, String value) {}

  /// Whether the author wrote the member, faulty or not, or the schema reported that it is missing.
  public boolean states(String name) {
    return values.members().containsKey(name);
  }

  /// Those of the names that the author wrote.
  public List<String> stated(List<String> names) {
    List<String> stated = new ArrayList<>();
    for (String name : names) {
      if (states(name)) {
        stated.add(name);
      }
    }
    return stated;
  }

  /// Whether neither this object nor any value in it is faulty.
  public boolean isValid() {
    return isValid(values);
  }

  /// Whether the member is absent, or neither it nor any value in it is faulty.
  public boolean isValid(String name) {
    return !states(name) || isValid(values.members().get(name));
  }

  private static boolean isValid(Json value) {
    return switch (value) {
      case JsonNull _ -> false;
      case JsonObject object -> areValid(object.members().values());
      case JsonArray array -> areValid(array.elements());
      default -> true;
    };
  }

  private static boolean areValid(Iterable<Json> values) {
    for (Json value : values) {
      if (!isValid(value)) {
        return false;
      }
    }
    return true;
  }

  public JsonPath path(String name) {
    return path.member(name);
  }

  public Optional<String> text(String name) {
    return values.string(name);
  }

  public Optional<Integer> integer(String name) {
    return values.members().get(name) instanceof JsonNumber(String digits)
        ? Optional.of(Integer.valueOf(digits))
        : Optional.empty();
  }

  public Optional<Boolean> bool(String name) {
    return values.members().get(name) instanceof JsonBoolean(boolean value)
        ? Optional.of(value)
        : Optional.empty();
  }

  public Optional<CheckedObject> object(String name) {
    return values.members().get(name) instanceof JsonObject object
        ? Optional.of(new CheckedObject(path(name), object))
        : Optional.empty();
  }

  /// The strings of a list.
  public List<Text> texts(String name) {
    List<Text> texts = new ArrayList<>();
    List<Json> elements = elements(name);
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof JsonString(String text)) {
        texts.add(new Text(path(name).element(i), text));
      }
    }
    return texts;
  }

  /// The objects of a list.
  public List<CheckedObject> objects(String name) {
    List<CheckedObject> objects = new ArrayList<>();
    List<Json> elements = elements(name);
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof JsonObject object) {
        objects.add(new CheckedObject(path(name).element(i), object));
      }
    }
    return objects;
  }

  private List<Json> elements(String name) {
    return values.members().get(name) instanceof JsonArray(List<Json> elements)
        ? elements
        : List.of();
  }

  /// A document of a kind that this schema does not check.
  public Optional<Json> document(String name) {
    Json value = values.members().get(name);
    return value instanceof JsonNull ? Optional.empty() : Optional.ofNullable(value);
  }
}
