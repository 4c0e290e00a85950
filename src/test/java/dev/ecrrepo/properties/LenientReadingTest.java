package dev.ecrrepo.properties;

import static dev.ecrrepo.properties.PropertyReaderTest.json;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.properties.DeletionOptions.Flag;
import dev.ecrrepo.schema.Schema;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Properties of a Delete and the old ones of an Update: nothing in them is a fault.
class LenientReadingTest {

  private final PropertyReader reader =
      new PropertyReader(Schema.load(), "aws", "eu-west-1", Optional.of("123456789012"));

  @DisplayName("M43, M44: only a literal true empties a repository")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | TRUE",
        "\"true\" | TRUE",
        "false | FALSE_OR_ABSENT",
        "\"false\" | FALSE_OR_ABSENT",
        "\"TRUE \" | UNREADABLE",
        "\"True\" | UNREADABLE",
        "\"yes\" | UNREADABLE",
        "1 | UNREADABLE",
        "\"1\" | UNREADABLE",
        "null | UNREADABLE",
        "[\"true\"] | UNREADABLE",
        "{} | UNREADABLE",
        "\"\" | UNREADABLE"
      })
  void onlyALiteralTrueIsTrue(String written, Flag flag) {
    JsonObject properties =
        json("{\"EmptyOnDelete\": %s, \"AdoptExisting\": %s}".formatted(written, written));
    DeletionOptions options = reader.readForDelete(properties);
    assertEquals(flag, options.emptyOnDelete());
    assertEquals(flag, options.adoptExisting());
  }

  @Test
  void whatIsAbsentOnADeleteIsFalse() {
    assertEquals(
        new DeletionOptions(Optional.empty(), Flag.FALSE_OR_ABSENT, Flag.FALSE_OR_ABSENT),
        reader.readForDelete(JsonObject.EMPTY));
  }

  @DisplayName("M64: properties of any age do not stop a deletion")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Frobnicate\": 1, \"RepositoryName\": \"team/app\", \"EmptyOnDelete\": \"true\"}",
        "{\"RepositoryName\": \"team/app\", \"EmptyOnDelete\": \"true\", \"Tags\": null,"
            + " \"LifecyclePolicy\": 7, \"Access\": [null], \"Profile\": {}, \"LifecycleRules\":"
            + " \"x\"}"
      })
  void faultyPropertiesStillTellWhatADeleteNeeds(String properties) {
    assertEquals(
        new DeletionOptions(Optional.of("team/app"), Flag.TRUE, Flag.FALSE_OR_ABSENT),
        reader.readForDelete(json(properties)));
  }

  @Test
  void oldPropertiesTellWhatTheyStated() {
    PreviousProperties before =
        reader.readPrevious(
            json(
                """
                {"RepositoryName": "team/app", "Profile": "Development",
                 "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}],
                 "Access": {"Pull": {"AccountIds": ["111122223333"]}}}\
                """));
    assertEquals(Optional.of("team/app"), before.repositoryName());
    assertEquals(Set.of("a", "b"), before.tags().keySet());
    assertTrue(before.policies().lifecyclePolicy().isPresent());
    assertEquals(before.policies().lifecyclePolicy(), before.policies().statedLifecyclePolicy());
    assertTrue(before.policies().repositoryPolicy().isPresent());
  }

  @Test
  void theDefaultProfileCountsAsStatedForARepositoryOfOurs() {
    PreviousProperties before = reader.readPrevious(JsonObject.EMPTY);
    assertTrue(before.policies().lifecyclePolicy().isPresent());
    assertEquals(Optional.empty(), before.policies().statedLifecyclePolicy());
  }

  @Test
  void whatANewerProviderRefusesIsReadAllTheSame() {
    PreviousProperties before =
        reader.readPrevious(
            json(
                """
                {"MaxImageCount": "many", "Frobnicate": "1",
                 "Tags": [{"Key": "a"}, "b", {"Value": "c"}, {"Key": "aws:x", "Value": "1"}],
                 "LifecyclePolicy": {"LifecyclePolicyText": {"rules": [{"new": "1"}]}},
                 "RepositoryPolicyText": {"Extra": "1", "Statement": {"Sid": "x"}},
                 "Access": {"Pull": {"AccountIds": ["111122223333", "12"]}}}\
                """));
    assertEquals(
        "{\"rules\":[{\"new\":\"1\"}]}", before.policies().lifecyclePolicy().orElseThrow().text());
    String policy = before.policies().repositoryPolicy().orElseThrow().text();
    assertTrue(policy.contains("Extra") && policy.contains("111122223333"), policy);
    assertEquals(Set.of("a", "aws:x"), before.tags().keySet());
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void noPropertiesWhateverMakeTheReaderThrow(long seed) {
    RandomProperties documents = new RandomProperties(SchemaText.read().document(), seed, 0.35);
    for (int i = 0; i < 200; i++) {
      JsonObject properties = documents.next();
      String where = "seed " + seed + ", document " + i + ": " + properties;
      assertDoesNotThrow(() -> reader.read(properties), where);
      assertDoesNotThrow(() -> reader.readForDelete(properties), where);
      assertDoesNotThrow(() -> reader.readPrevious(properties), where);
    }
  }
}
