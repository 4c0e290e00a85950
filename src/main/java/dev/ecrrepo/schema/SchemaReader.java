package dev.ecrrepo.schema;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.schema.Shape.BooleanShape;
import dev.ecrrepo.schema.Shape.DocumentShape;
import dev.ecrrepo.schema.Shape.IntegerShape;
import dev.ecrrepo.schema.Shape.ListShape;
import dev.ecrrepo.schema.Shape.ObjectShape;
import dev.ecrrepo.schema.Shape.TextShape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The schema document as shapes.
///
/// A keyword that is not known here is refused: if it were ignored, a check would be missing. Only
/// `primaryIdentifier` and `createOnlyProperties` check nothing; they are for documents and tools.
/// Loops instead of streams, because this runs at every cold start.
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

  private static final Pattern WORD = Pattern.compile("\\^([A-Za-z]++)\\$");

  /// The nodes of the definitions, by name.
  private final Map<String, Json> definitionNodes;

  /// The shapes of the definitions that were read so far, by name.
  private final Map<String, Shape> definitionShapes = new HashMap<>();

  private SchemaReader(Map<String, Json> definitionNodes) {
    this.definitionNodes = definitionNodes;
  }

  /// @throws IllegalStateException where the schema has a keyword or a type that is not known, or a
  ///   keyword with a value of the wrong type
  public static Schema read(JsonObject json) {
    SchemaNode document = new SchemaNode(json);
    document.only(ROOT, "the schema");
    SchemaReader reader = new SchemaReader(document.object("definitions").members());
    for (String name : reader.definitionNodes.keySet()) {
      reader.definition(name, "the schema");
    }
    Set<String> attributes = new HashSet<>();
    for (String pointer : document.strings("readOnlyProperties")) {
      attributes.add(pointer.substring("/properties/".length()));
    }
    Map<String, Shape> properties = reader.shapes(document.object("properties"), "the schema");
    properties.keySet().removeAll(attributes);
    document.closed("the schema");
    return new Schema(
        document
            .string("typeName")
            .orElseThrow(() -> SchemaNode.broken("the schema has no typeName")),
        new ObjectShape(properties, document.strings("required")),
        attributes,
        reader.definitionShapes);
  }

  private Shape shape(Json json, String at, Optional<String> definition) {
    SchemaNode node = SchemaNode.of(json, at);
    Optional<String> reference = node.string("$ref");
    if (reference.isPresent()) {
      node.only(Set.of("$ref"), at); // JSON Schema would ignore a check beside a reference
      return definition(reference.get().substring("#/definitions/".length()), at);
    }
    List<String> types = node.strings("type");
    return switch (String.join("|", types)) {
      case "object" -> objectShape(node, at);
      case "array" -> {
        node.only(Set.of("type", "items", "minItems", "maxItems", "uniqueItems"), at);
        yield new ListShape(
            shape(node.object("items"), at + "[]", Optional.empty()),
            (int) node.number("minItems", 0),
            (int) node.number("maxItems", Integer.MAX_VALUE),
            node.isTrue("uniqueItems"));
      }
      case "boolean" -> {
        node.only(Set.of("type"), at);
        yield new BooleanShape();
      }
      case "integer" -> {
        node.only(Set.of("type", "minimum", "maximum"), at);
        yield integerShape(node, "an integer");
      }
      case "integer|string" -> {
        node.only(Set.of("type", "minimum", "maximum", "pattern"), at);
        yield integerShape(node, "an integer or a word");
      }
      case "string" -> {
        node.only(Set.of("type", "enum", "minLength", "maxLength", "pattern"), at);
        yield new TextShape(
            definition,
            node.strings("enum"),
            (int) node.number("minLength", 0),
            (int) node.number("maxLength", Integer.MAX_VALUE),
            node.string("pattern"),
            node.strings("examples").stream().findFirst(),
            node.string("title").orElse("a string"));
      }
      case "object|string" -> {
        node.only(Set.of("type"), at);
        yield new DocumentShape(node.string("title").orElse("a document"));
      }
      default -> throw SchemaNode.broken(at + " has the type " + types + ", which is not known");
    };
  }

  private Shape definition(String name, String at) {
    Shape known = definitionShapes.get(name);
    if (known != null) {
      return known;
    }
    Json target = definitionNodes.get(name);
    if (target == null) {
      throw SchemaNode.broken(at + " refers to " + name + ", which is not defined");
    }
    Shape shape = shape(target, name, Optional.of(name));
    definitionShapes.put(name, shape);
    return shape;
  }

  private Map<String, Shape> shapes(JsonObject members, String at) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Map.Entry<String, Json> node : members.members().entrySet()) {
      String place = at + "." + node.getKey();
      shapes.put(node.getKey(), shape(node.getValue(), place, Optional.empty()));
    }
    return shapes;
  }

  private Shape objectShape(SchemaNode node, String at) {
    node.only(Set.of("type", "properties", "required", "additionalProperties"), at);
    node.closed(at);
    Map<String, Shape> members = shapes(node.object("properties"), at);
    return new ObjectShape(members, node.strings("required"));
  }

  private static IntegerShape integerShape(SchemaNode node, String words) {
    return new IntegerShape(
        node.number("minimum", Integer.MIN_VALUE),
        node.number("maximum", Integer.MAX_VALUE),
        word(node.string("pattern")),
        node.string("title").orElse(words));
  }

  /// Of the type integer or string: its pattern must be one word, `^Word$`.
  private static Optional<String> word(Optional<String> pattern) {
    if (pattern.isEmpty()) {
      return pattern;
    }
    Matcher word = WORD.matcher(pattern.get());
    if (!word.matches()) {
      throw SchemaNode.broken(
          "beside an integer the pattern " + pattern.get() + " is not one word");
    }
    return Optional.of(word.group(1));
  }
}
