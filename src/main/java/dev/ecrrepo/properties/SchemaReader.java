package dev.ecrrepo.properties;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonBoolean;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.properties.Shape.BooleanShape;
import dev.ecrrepo.properties.Shape.DocumentShape;
import dev.ecrrepo.properties.Shape.IntegerShape;
import dev.ecrrepo.properties.Shape.ListShape;
import dev.ecrrepo.properties.Shape.ObjectShape;
import dev.ecrrepo.properties.Shape.TextShape;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The schema document as shapes.
///
/// A keyword that is not known here is refused: one that nobody looks at would promise a check that
/// does not happen.
final class SchemaReader {

  private static final Set<String> ROOT =
      Set.of(
          "typeName",
          "primaryIdentifier",
          "createOnlyProperties",
          "readOnlyProperties",
          "properties",
          "additionalProperties",
          "definitions");

  /// For people and their tools; they check nothing.
  private static final Set<String> NOTES =
      Set.of("title", "description", "default", "examples", "$comment", "insertionOrder");

  private final Map<String, Json> definitions;

  private SchemaReader(Map<String, Json> definitions) {
    this.definitions = definitions;
  }

  /// @throws IllegalStateException where the schema has a keyword or a type that is not known
  static Schema read(JsonObject document) {
    only(document, ROOT, "the schema");
    SchemaReader reader = new SchemaReader(object(document, "definitions").members());
    reader.definitions.forEach((name, node) -> reader.shape(node, name, Optional.empty()));
    Set<String> attributes = new HashSet<>();
    for (String pointer : strings(document, "readOnlyProperties")) {
      attributes.add(pointer.substring("/properties/".length()));
    }
    Map<String, Shape> properties = new LinkedHashMap<>();
    object(document, "properties")
        .members()
        .forEach((name, node) -> {
          Shape shape = reader.shape(node, name, Optional.empty());
          if (!attributes.contains(name)) {
            properties.put(name, shape);
          }
        });
    closed(document, "the schema");
    return new Schema(
        document.string("typeName").orElseThrow(() -> broken("the schema has no typeName")),
        new ObjectShape(properties, List.of()),
        attributes);
  }

  private Shape shape(Json json, String at, Optional<String> definition) {
    if (!(json instanceof JsonObject node)) {
      throw broken(at + " is not an object");
    }
    Optional<String> reference = node.string("$ref");
    if (reference.isPresent()) {
      only(node, Set.of("$ref"), at); // JSON Schema would ignore a check beside a reference
      String name = reference.get().substring("#/definitions/".length());
      Json target = definitions.get(name);
      if (target == null) {
        throw broken(at + " refers to " + name + ", which is not defined");
      }
      return shape(target, name, Optional.of(name));
    }
    List<String> types = strings(node, "type");
    return switch (String.join("|", types)) {
      case "object" -> objectShape(node, at);
      case "array" -> {
        only(node, Set.of("type", "items", "minItems", "maxItems", "uniqueItems"), at);
        yield new ListShape(
            shape(object(node, "items"), at + "[]", Optional.empty()),
            (int) number(node, "minItems", 0),
            (int) number(node, "maxItems", Integer.MAX_VALUE),
            node.get("uniqueItems").equals(Optional.of(Json.of(true))));
      }
      case "boolean" -> {
        only(node, Set.of("type"), at);
        yield new BooleanShape();
      }
      case "integer" -> {
        only(node, Set.of("type", "minimum", "maximum"), at);
        yield integerShape(node, "an integer");
      }
      case "integer|string" -> {
        only(node, Set.of("type", "minimum", "maximum", "pattern"), at);
        yield integerShape(node, "an integer or a word");
      }
      case "string" -> {
        only(node, Set.of("type", "enum", "minLength", "maxLength", "pattern"), at);
        yield new TextShape(
            definition,
            strings(node, "enum"),
            (int) number(node, "minLength", 0),
            (int) number(node, "maxLength", Integer.MAX_VALUE),
            node.string("pattern"),
            strings(node, "examples").stream().findFirst(),
            node.string("title").orElse("a string"));
      }
      case "object|string" -> {
        only(node, Set.of("type"), at);
        yield new DocumentShape(node.string("title").orElse("a document"));
      }
      default -> throw broken(at + " has the type " + types + ", which is not known");
    };
  }

  private Shape objectShape(JsonObject node, String at) {
    only(node, Set.of("type", "properties", "required", "additionalProperties"), at);
    closed(node, at);
    Map<String, Shape> members = new LinkedHashMap<>();
    object(node, "properties")
        .members()
        .forEach(
            (name, member) -> members.put(name, shape(member, at + "." + name, Optional.empty())));
    return new ObjectShape(members, strings(node, "required"));
  }

  private static IntegerShape integerShape(JsonObject node, String words) {
    return new IntegerShape(
        number(node, "minimum", Integer.MIN_VALUE),
        number(node, "maximum", Integer.MAX_VALUE),
        node.string("pattern").map(SchemaReader::word),
        node.string("title").orElse(words));
  }

  /// Beside an integer only one word is known, not a pattern.
  private static String word(String pattern) {
    String word = pattern.substring(1, pattern.length() - 1);
    if (!pattern.equals("^" + word + "$") || !word.chars().allMatch(Character::isLetter)) {
      throw broken("beside an integer the pattern " + pattern + " is not one word");
    }
    return word;
  }

  /// Every object lists all of its members: an unknown one is a typing error.
  private static void closed(JsonObject node, String at) {
    if (!node.get("additionalProperties").equals(Optional.of(new JsonBoolean(false)))) {
      throw broken(at + " does not say additionalProperties: false");
    }
  }

  private static void only(JsonObject node, Set<String> keywords, String at) {
    for (String key : node.members().keySet()) {
      if (!keywords.contains(key) && !NOTES.contains(key)) {
        throw broken(at + " has the keyword " + key + ", which nothing checks");
      }
    }
  }

  private static JsonObject object(JsonObject node, String key) {
    return node.get(key).orElse(JsonObject.EMPTY) instanceof JsonObject found
        ? found
        : JsonObject.EMPTY;
  }

  private static long number(JsonObject node, String key, long otherwise) {
    return node.get(key).orElse(null) instanceof JsonNumber(String text)
        ? Long.parseLong(text)
        : otherwise;
  }

  private static List<String> strings(JsonObject node, String key) {
    return switch (node.get(key).orElse(null)) {
      case JsonString(String one) -> List.of(one);
      case JsonArray(List<Json> many) ->
          many.stream()
              .filter(JsonString.class::isInstance)
              .map(each -> ((JsonString) each).value())
              .toList();
      case null, default -> List.of();
    };
  }

  private static IllegalStateException broken(String problem) {
    return new IllegalStateException("custom-ecrrepo.json: " + problem);
  }
}
