package dev.ecrrepo.schema;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonBoolean;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.schema.Shape.BooleanShape;
import dev.ecrrepo.schema.Shape.DocumentShape;
import dev.ecrrepo.schema.Shape.IntegerShape;
import dev.ecrrepo.schema.Shape.ListShape;
import dev.ecrrepo.schema.Shape.ObjectShape;
import dev.ecrrepo.schema.Shape.TextShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The schema document as shapes.
///
/// A keyword that is not known here is refused: if it were ignored, a check would be missing. Loops
/// instead of streams, because this runs at every cold start.
public final class SchemaReader {

  private static final Set<String> ROOT =
      Set.of(
          "typeName",
          "primaryIdentifier",
          "createOnlyProperties",
          "readOnlyProperties",
          "properties",
          "additionalProperties",
          "required",
          "definitions");

  /// For people and their tools; they check nothing.
  private static final Set<String> NOTES =
      Set.of("title", "description", "default", "examples", "$comment", "insertionOrder");

  private static final Pattern LITERAL = Pattern.compile("[A-Za-z]++");

  private final Map<String, Json> definitions;
  private final Map<String, Shape> defined = new HashMap<>();

  private SchemaReader(Map<String, Json> definitions) {
    this.definitions = definitions;
  }

  /// @throws IllegalStateException where the schema has a keyword or a type that is not known
  public static Schema read(JsonObject document) {
    only(document, ROOT, "the schema");
    SchemaReader reader = new SchemaReader(object(document, "definitions").members());
    for (String name : reader.definitions.keySet()) {
      reader.defined(name, "the schema");
    }
    Set<String> attributes = new HashSet<>();
    for (String pointer : strings(document, "readOnlyProperties")) {
      attributes.add(pointer.substring("/properties/".length()));
    }
    Map<String, Shape> properties = reader.shapes(object(document, "properties"), "the schema");
    properties.keySet().removeAll(attributes);
    closed(document, "the schema");
    return new Schema(
        document.string("typeName").orElseThrow(() -> broken("the schema has no typeName")),
        new ObjectShape(properties, strings(document, "required")),
        attributes);
  }

  private Shape shape(Json json, String at, Optional<String> definition) {
    if (!(json instanceof JsonObject node)) {
      throw broken(at + " is not an object");
    }
    Optional<String> reference = node.string("$ref");
    if (reference.isPresent()) {
      only(node, Set.of("$ref"), at); // JSON Schema would ignore a check beside a reference
      return defined(reference.get().substring("#/definitions/".length()), at);
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
            node.get("uniqueItems").orElse(null) instanceof JsonBoolean(boolean unique) && unique);
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
            first(strings(node, "examples")),
            node.string("title").orElse("a string"));
      }
      case "object|string" -> {
        only(node, Set.of("type"), at);
        yield new DocumentShape(node.string("title").orElse("a document"));
      }
      default -> throw broken(at + " has the type " + types + ", which is not known");
    };
  }

  private Shape defined(String name, String at) {
    Shape known = defined.get(name);
    if (known != null) {
      return known;
    }
    Json target = definitions.get(name);
    if (target == null) {
      throw broken(at + " refers to " + name + ", which is not defined");
    }
    Shape shape = shape(target, name, Optional.of(name));
    defined.put(name, shape);
    return shape;
  }

  private Map<String, Shape> shapes(JsonObject nodes, String at) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Map.Entry<String, Json> node : nodes.members().entrySet()) {
      String place = at + "." + node.getKey();
      shapes.put(node.getKey(), shape(node.getValue(), place, Optional.empty()));
    }
    return shapes;
  }

  private Shape objectShape(JsonObject node, String at) {
    only(node, Set.of("type", "properties", "required", "additionalProperties"), at);
    closed(node, at);
    Map<String, Shape> members = shapes(object(node, "properties"), at);
    return new ObjectShape(members, strings(node, "required"));
  }

  private static IntegerShape integerShape(JsonObject node, String words) {
    return new IntegerShape(
        number(node, "minimum", Integer.MIN_VALUE),
        number(node, "maximum", Integer.MAX_VALUE),
        word(node.string("pattern")),
        node.string("title").orElse(words));
  }

  /// Beside an integer only one word is known, not a pattern.
  private static Optional<String> word(Optional<String> pattern) {
    if (pattern.isEmpty()) {
      return pattern;
    }
    String text = pattern.get();
    String word = text.substring(1, text.length() - 1);
    if (!text.equals("^" + word + "$") || !LITERAL.matcher(word).matches()) {
      throw broken("beside an integer the pattern " + text + " is not one word");
    }
    return Optional.of(word);
  }

  /// Every object lists all of its members: an unknown one is a typing error.
  private static void closed(JsonObject node, String at) {
    if (!(node.get("additionalProperties").orElse(null) instanceof JsonBoolean(boolean open))
        || open) {
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
    List<String> strings = new ArrayList<>();
    Json value = node.get(key).orElse(null);
    if (value instanceof JsonString(String one)) {
      strings.add(one);
    } else if (value instanceof JsonArray(List<Json> many)) {
      for (Json each : many) {
        if (each instanceof JsonString(String text)) {
          strings.add(text);
        }
      }
    }
    return strings;
  }

  private static Optional<String> first(List<String> strings) {
    return strings.isEmpty() ? Optional.empty() : Optional.of(strings.getFirst());
  }

  private static IllegalStateException broken(String problem) {
    return new IllegalStateException("The schema is broken: " + problem);
  }
}
