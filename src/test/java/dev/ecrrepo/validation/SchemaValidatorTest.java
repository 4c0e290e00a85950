package dev.ecrrepo.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.schema.Schema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The values that come out of the schema walk. Its faults have their cases in
/// `src/test/resources/faults`.
class SchemaValidatorTest {

  private static final Schema SCHEMA = Schema.load();

  @Test
  void scalarsHaveTheTypesOfTheSchemaHoweverTheyAreWritten() {
    for (String written :
        List.of(
            "{'MaxImageCount': 5, 'EmptyOnDelete': true, 'ProtectedTags': [1]}",
            "{'MaxImageCount': '5', 'EmptyOnDelete': 'true', 'ProtectedTags': ['1']}")) {
      CheckedObject values = checked(written);
      assertEquals(Optional.of(5), values.integer("MaxImageCount"));
      assertEquals(Optional.of(true), values.bool("EmptyOnDelete"));
      assertEquals("1", values.texts("ProtectedTags").getFirst().value());
      assertTrue(values.isValid());
    }
  }

  @Test
  void aFaultyValueIsAbsentAndItsNeighboursKeepTheirPlaces() {
    CheckedObject values =
        checked("{'ProtectedTags': ['a', 'b/c', 'd'], 'MaxImageCount': 'x', 'Profile': 'Native'}");
    assertEquals(
        List.of("ProtectedTags[0]", "ProtectedTags[2]"),
        values.texts("ProtectedTags").stream().map(text -> text.path().text()).toList());
    assertEquals(Optional.empty(), values.integer("MaxImageCount"));
    assertTrue(values.states("MaxImageCount"));
    assertFalse(values.isValid("MaxImageCount"));
    assertFalse(values.isValid("ProtectedTags"));
    assertTrue(values.isValid("Profile"));
    assertTrue(values.isValid("Tags"), "what is absent has no fault");
  }

  @Test
  void anUnknownOrMissingMemberMakesItsObjectUnsound() {
    assertFalse(rule("{'MaxImageCount': 1, 'Colour': 'red'}").isValid());
    assertFalse(checked("{'Tags': [{'Key': 'a'}]}").objects("Tags").getFirst().isValid());
    assertTrue(rule("{'MaxImageCount': 1}").isValid());
  }

  @Test
  void oldPropertiesKeepWhatANewerSchemaRefuses() {
    CheckedObject values =
        SchemaValidator.decode(
            SCHEMA,
            json(
                "{'Tags': [{'Key': 'aws:a'}], 'ProtectedTags': ['b/c', 'b/c', {}], 'Colour': 1,"
                    + " 'RepositoryName': 'UPPER', 'Profile': 'Gone', 'MaxImageCount': 'x'}"));
    CheckedObject tag = values.objects("Tags").getFirst();
    assertEquals(Optional.of("aws:a"), tag.text("Key"));
    assertFalse(tag.states("Value"));
    assertEquals(2, values.texts("ProtectedTags").size());
    assertEquals(Optional.of("UPPER"), values.text("RepositoryName"));
    assertEquals(Optional.empty(), values.text("Profile"), "no profile of that name is known");
    assertEquals(Optional.empty(), values.integer("MaxImageCount"));
    assertFalse(values.states("Colour"));
  }

  private static CheckedObject rule(String rule) {
    return checked("{'LifecycleRules': [" + rule + "]}").objects("LifecycleRules").getFirst();
  }

  private static CheckedObject checked(String properties) {
    return SchemaValidator.validate(SCHEMA, json(properties), JsonPath.ROOT).values();
  }

  private static JsonObject json(String text) {
    try {
      return (JsonObject) Json.parse(text.replace('\'', '"'));
    } catch (JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
