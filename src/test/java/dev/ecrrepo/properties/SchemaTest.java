package dev.ecrrepo.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.schema.SchemaReader;
import dev.ecrrepo.validation.CheckedObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the schema file may contain, and that this one is what it claims.
class SchemaTest {

  private final SchemaText text = SchemaText.read();
  private final Schema schema = Schema.load();

  @Test
  void theSchemaInTheJarIsTheOneInTheRepository() {
    assertEquals(SchemaReader.read(text.document()), schema);
    assertEquals(text.properties().members().keySet(), schema.properties().members().keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format",
        "oneOf",
        "not",
        "const",
        "multipleOf",
        "patternProperties",
        "minProperties"
      })
  void aKeywordThatNothingChecksIsRefusedWhereverItStands(String keyword) {
    List<Json> documents = Insertion.everywhere(text.document(), keyword);
    assertTrue(documents.size() > 80, () -> "only " + documents.size() + " places");
    for (Json document : documents) {
      IllegalStateException refusal =
          assertThrows(
              IllegalStateException.class,
              () -> SchemaReader.read((JsonObject) document),
              document::toString);
      assertTrue(refusal.getMessage().contains(keyword), refusal::getMessage);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"number\"}",
        "{\"type\": [\"string\", \"null\"]}",
        "{}",
        "{\"$ref\": \"#/definitions/Missing\"}",
        "{\"$ref\": \"#/definitions/Count\", \"minimum\": 5}",
        "{\"type\": \"object\", \"properties\": {}}",
        "{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": true}",
        "{\"type\": [\"integer\", \"string\"], \"pattern\": \"^[a-z]+$\"}",
        "{\"type\": [\"integer\", \"string\"], \"pattern\": \"Never\"}",
        "{\"type\": [\"integer\", \"string\"], \"pattern\": \"^\"}",
        "{\"type\": \"integer\", \"minimum\": \"1\"}",
        "{\"type\": \"integer\", \"maximum\": 1.5}",
        "{\"type\": \"string\", \"pattern\": 1}",
        "{\"type\": \"string\", \"enum\": [\"a\", 1]}",
        "{\"type\": \"array\", \"items\": \"string\"}",
        "{\"type\": \"array\", \"items\": {\"type\": \"boolean\"}, \"uniqueItems\": \"true\"}",
        "{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": \"false\"}",
        "\"string\""
      })
  void whatTheWalkerDoesNotCheckIsRefused(String node) throws Exception {
    Map<String, Json> properties = new LinkedHashMap<>(text.properties().members());
    properties.put("Profile", Json.parse(node));
    JsonObject changed = with(text.document(), "properties", new JsonObject(properties));
    assertThrows(IllegalStateException.class, () -> SchemaReader.read(changed));
  }

  @Test
  void everyExampleIsSound() {
    PropertyReader reader = new PropertyReader(schema, "aws", "eu-west-1", Optional.empty());
    for (JsonObject example : text.examples()) {
      Map<String, Json> members = new LinkedHashMap<>(example.members());
      members.remove("$comment");
      members.put("ServiceToken", Json.of("arn:aws:lambda:eu-central-1:111122223333:function:f"));
      assertInstanceOf(ReadResult.Desired.class, reader.read(new JsonObject(members)));
    }
  }

  @Test
  void theExampleOfEveryStringIsSound() {
    for (Map.Entry<String, Json> definition : text.definitions().members().entrySet()) {
      JsonObject node = (JsonObject) definition.getValue();
      Optional<String> pattern = node.string("pattern");
      for (String example : SchemaText.strings(node, "examples")) {
        assertTrue(
            example.matches(pattern.orElseThrow()), () -> definition.getKey() + ": " + example);
      }
    }
  }

  @Test
  void theDefaultsAreThoseOfTheReader() {
    ReadResult nothing =
        new PropertyReader(schema, "aws", "eu-west-1", Optional.empty()).read(JsonObject.EMPTY);
    DesiredRepository repository = assertInstanceOf(ReadResult.Desired.class, nothing).repository();
    assertEquals(defaultOf("AdoptExisting"), Json.of(repository.adoptExisting()));
    assertEquals(
        defaultOf("Profile"),
        Json.of(Profile.of(new CheckedObject(JsonPath.ROOT, JsonObject.EMPTY)).value().text()));
  }

  @Test
  void theProfilesAreThoseOfTheReader() {
    JsonObject profile = (JsonObject) text.properties().get("Profile").orElseThrow();
    assertEquals(
        List.of(Profile.values()).stream().map(Profile::text).toList(),
        SchemaText.strings(profile, "enum"));
  }

  @Test
  void everyPropertySaysWhatItIs() {
    Set<String> silent = Silence.in(text.document());
    assertEquals(Set.of(), silent);
  }

  private Json defaultOf(String property) {
    return ((JsonObject) text.properties().get(property).orElseThrow())
        .get("default")
        .orElseThrow();
  }

  private static JsonObject with(JsonObject object, String key, Json value) {
    Map<String, Json> members = new LinkedHashMap<>(object.members());
    members.put(key, value);
    return new JsonObject(members);
  }

  /// The properties, at any depth, without a description of their own.
  private static final class Silence {
    static Set<String> in(JsonObject schema) {
      Set<String> silent = new java.util.TreeSet<>();
      collect(schema, "", silent);
      SchemaText.object(schema, "definitions")
          .members()
          .forEach((name, node) -> collect((JsonObject) node, name + ".", silent));
      return silent;
    }

    private static void collect(JsonObject owner, String path, Set<String> silent) {
      SchemaText.object(owner, "properties")
          .members()
          .forEach((name, node) -> {
            if (((JsonObject) node).string("description").isEmpty()) {
              silent.add(path + name);
            }
          });
    }
  }

  /// Copies of a schema, each with one more keyword in another of its nodes.
  private static final class Insertion {
    static List<Json> everywhere(Json schema, String keyword) {
      List<Json> documents = new java.util.ArrayList<>();
      insert(schema, keyword, changed -> documents.add(changed));
      return documents;
    }

    private static void insert(Json node, String keyword, java.util.function.Consumer<Json> found) {
      if (!(node instanceof JsonObject object)) {
        return;
      }
      boolean isNode =
          object.get("type").isPresent()
              || object.get("$ref").isPresent()
              || object.get("typeName").isPresent();
      if (isNode) {
        found.accept(with(object, keyword, Json.of("x")));
      }
      for (Map.Entry<String, Json> member : object.members().entrySet()) {
        boolean notes = List.of("examples", "default").contains(member.getKey());
        if (!notes
            && !(member.getValue() instanceof JsonArray)
            && !(member.getValue() instanceof JsonString)) {
          insert(
              member.getValue(),
              keyword,
              changed -> found.accept(with(object, member.getKey(), changed)));
        }
      }
    }
  }
}
