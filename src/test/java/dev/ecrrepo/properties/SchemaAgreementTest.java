package dev.ecrrepo.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonBoolean;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.validation.SchemaValidator;
import dev.ecrrepo.validation.ValidationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The provider's own check of properties and a JSON Schema validator object to the same properties
/// of the same documents.
class SchemaAgreementTest {

  private static JsonObject document;
  private static com.networknt.schema.Schema validator;

  private final Schema schema = Schema.load();

  @BeforeAll
  static void readSchema() throws Exception {
    document =
        withoutAttributes(Json.parse(Files.readString(Path.of("schema/custom-ecrrepo.json"))));
    validator =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(document.toString(), InputFormat.JSON);
  }

  /// What only Fn::GetAtt gives is a property for CloudFormation's schemas, but not one to state.
  private static JsonObject withoutAttributes(Json schema) {
    JsonObject whole = (JsonObject) schema;
    Map<String, Json> properties =
        new LinkedHashMap<>(((JsonObject) whole.get("properties").orElseThrow()).members());
    properties.keySet().removeAll(Schema.load().attributes());
    Map<String, Json> members = new LinkedHashMap<>(whole.members());
    members.put("properties", new JsonObject(properties));
    return new JsonObject(members);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0.01", "3, 0.05", "4, 0.3"})
  void bothObjectToTheSameProperties(long seed, double mistakes) {
    RandomProperties documents = new RandomProperties(document, seed, mistakes);
    int sound = 0;
    for (int i = 0; i < 2_000; i++) {
      JsonObject properties = documents.next();
      Set<String> expected = validated(properties);
      String where = "seed " + seed + ", document " + i + ": " + properties;
      agree(expected, SchemaValidator.validate(schema, properties, JsonPath.ROOT), where);
      JsonObject strings = (JsonObject) delivered(properties);
      agree(
          expected,
          SchemaValidator.validate(schema, strings, JsonPath.ROOT),
          "as strings, " + where);
      sound += expected.isEmpty() ? 1 : 0;
    }
    assertTrue(mistakes > 0 ? sound < 2_000 : sound > 500, "sound documents: " + sound);
  }

  /// The walk ends once it has enough faults; until then it has found no other ones.
  private static void agree(Set<String> expected, ValidationResult check, String where) {
    Set<String> walked = walked(check);
    if (check.faults().size() + check.patternFaults().size() < Fault.MAX_FAULTS) {
      assertEquals(expected, walked, where);
    } else {
      assertTrue(expected.containsAll(walked), where);
    }
  }

  private static Set<String> walked(ValidationResult check) {
    Set<String> names = new TreeSet<>();
    Stream.concat(check.faults().stream(), check.patternFaults().stream())
        .map(Fault::path)
        .forEach(path -> names.add(path.text().split("[.\\[]")[0]));
    return names;
  }

  private static Set<String> validated(JsonObject properties) {
    Set<String> names = new TreeSet<>();
    for (Error error : validator.validate(properties.toString(), InputFormat.JSON)) {
      String pointer = error.getInstanceLocation().toString();
      names.add(
          pointer.isEmpty() || pointer.equals("$") ? error.getProperty() : pointer.split("/")[1]);
    }
    return names;
  }

  /// As CloudFormation delivers it.
  private static Json delivered(Json json) {
    return switch (json) {
      case JsonObject(Map<String, Json> members) -> {
        Map<String, Json> strings = new LinkedHashMap<>();
        members.forEach((name, member) -> strings.put(name, delivered(member)));
        yield new JsonObject(strings);
      }
      case JsonArray(List<Json> elements) ->
          new JsonArray(elements.stream().map(SchemaAgreementTest::delivered).toList());
      case JsonNumber(String text) -> Json.of(text);
      case JsonBoolean(boolean value) -> Json.of(Boolean.toString(value));
      default -> json;
    };
  }
}
