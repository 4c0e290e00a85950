package dev.ecrrepo.properties;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonNull;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Properties made from the schema's own text, most of them sound, with scalars of JSON's types. A
/// string never looks like a number or a boolean: CloudFormation knows no difference there, JSON
/// Schema does.
final class RandomProperties {

  private static final List<String> STRINGS =
      List.of(
          "",
          "a",
          "yes",
          "never",
          "Never",
          "team/app",
          "a//b",
          "UPPER",
          "a.b_c__d---e/f",
          "v*",
          "*a*b*c*d*e*",
          "aws:x",
          "AwS:x",
          "ecrrepo:x",
          "größe 1",
          "a#b",
          "latest",
          "o-a1b2c3d4e5",
          "o-A",
          "arn:aws:iam::111122223333:role/ci",
          "x".repeat(128),
          "x".repeat(129),
          "x".repeat(257),
          "𝟙".repeat(128),
          "k".repeat(2049));

  private final JsonObject schema;
  private final Random random;
  private final double mistakes;

  /// @param mistakes how probable a mistake is at each place
  RandomProperties(JsonObject schema, long seed, double mistakes) {
    this.schema = schema;
    this.random = new Random(seed);
    this.mistakes = mistakes;
  }

  JsonObject next() {
    return object(schema, 0.3);
  }

  private Json value(Json node) {
    JsonObject shape = (JsonObject) node;
    if (shape.string("$ref").isPresent()) {
      String name = shape.string("$ref").get().substring("#/definitions/".length());
      return value(member(member(schema, "definitions"), name));
    }
    String type = shape.get("type").orElseThrow().toString();
    return switch (type) {
      case "\"object\"" -> mistake() ? scalarOrList() : object(shape, 0.6);
      case "\"array\"" -> mistake() ? scalarOrObject() : list(shape);
      case "\"boolean\"" -> mistake() ? notBoolean() : Json.of(random.nextBoolean());
      case "\"integer\"", "[\"integer\",\"string\"]" -> mistake() ? notInteger() : integer(shape);
      case "\"string\"" -> mistake() ? listObjectOrNull() : string(shape);
      case "[\"object\",\"string\"]" -> mistake() ? notDocument() : document();
      default -> throw new IllegalStateException("type " + type);
    };
  }

  private JsonObject object(JsonObject shape, double share) {
    Map<String, Json> members = new LinkedHashMap<>();
    List<String> required = strings(shape, "required");
    for (Map.Entry<String, Json> member :
        ((JsonObject) member(shape, "properties")).members().entrySet()) {
      boolean wanted =
          required.contains(member.getKey()) ? !mistake() : random.nextDouble() < share;
      if (wanted) {
        members.put(member.getKey(), value(member.getValue()));
      }
    }
    if (mistake()) {
      members.put(one(List.of("Frobnicate", "scanOnPush", "Name", "key")), Json.of("x"));
    }
    return new JsonObject(members);
  }

  private JsonArray list(JsonObject shape) {
    int most = Integer.parseInt(shape.get("maxItems").orElse(Json.of(6)).toString());
    int size = mistake() ? most + 1 : random.nextInt(mistake() ? 1 : 4);
    List<Json> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(value(member(shape, "items")));
    }
    return new JsonArray(elements);
  }

  private Json integer(JsonObject shape) {
    List<Json> pool = new ArrayList<>();
    for (long number : new long[] {1, 14, 90, 365}) {
      pool.add(Json.of(number));
    }
    if (shape.get("pattern").isPresent()) {
      pool.add(Json.of("Never"));
    }
    return one(pool);
  }

  private Json string(JsonObject shape) {
    List<String> fitting = new ArrayList<>(strings(shape, "enum"));
    fitting.addAll(strings(shape, "examples"));
    if (mistake() || fitting.isEmpty()) {
      return Json.of(one(STRINGS));
    }
    return Json.of(one(fitting));
  }

  private Json document() {
    return one(
        List.<Json>of(new JsonObject(Map.of("rules", Json.array(List.of()))), Json.of("{}")));
  }

  private Json notBoolean() {
    return one(
        List.<Json>of(
            Json.of("yes"),
            Json.of("TRUE"),
            Json.of(1),
            Json.of(""),
            new JsonNull(),
            Json.array(List.of())));
  }

  private Json notInteger() {
    return one(
        List.<Json>of(
            Json.of(0),
            Json.of(-1),
            Json.of(89),
            Json.of(3_000_000_000L),
            new Json.JsonNumber("1.5"),
            Json.of("ten"),
            Json.of("never"),
            Json.of(""),
            Json.of(true),
            new JsonNull(),
            JsonObject.EMPTY));
  }

  private Json scalarOrList() {
    return one(
        List.<Json>of(
            Json.of("x"), Json.of(""), Json.of(3), new JsonNull(), Json.array(List.of())));
  }

  private Json scalarOrObject() {
    return one(
        List.<Json>of(Json.of("a,b"), Json.of(""), Json.of(3), new JsonNull(), JsonObject.EMPTY));
  }

  private Json listObjectOrNull() {
    return one(List.<Json>of(Json.array(List.of(Json.of("x"))), JsonObject.EMPTY, new JsonNull()));
  }

  private Json notDocument() {
    return one(List.<Json>of(Json.array(List.of()), new JsonNull()));
  }

  private boolean mistake() {
    return random.nextDouble() < mistakes;
  }

  private <T> T one(List<T> pool) {
    return pool.get(random.nextInt(pool.size()));
  }

  private static Json member(Json json, String name) {
    return ((JsonObject) json).get(name).orElseThrow();
  }

  private static List<String> strings(JsonObject shape, String key) {
    return shape.get(key).orElse(Json.array(List.of())) instanceof JsonArray(List<Json> elements)
        ? elements.stream().map(each -> ((JsonString) each).value()).toList()
        : List.of();
  }
}
