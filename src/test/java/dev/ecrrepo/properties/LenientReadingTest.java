package dev.ecrrepo.properties;

import static dev.ecrrepo.properties.PropertyReaderTest.json;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.properties.DeleteWishes.Flag;
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
      new PropertyReader(Schema.load(), "aws", Optional.of("123456789012"));

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
    DeleteWishes wishes = reader.readForDelete(properties);
    assertEquals(flag, wishes.emptyOnDelete());
    assertEquals(flag, wishes.adoptExisting());
  }

  @Test
  void whatIsAbsentOnADeleteIsFalse() {
    assertEquals(
        new DeleteWishes(
            Optional.empty(), Flag.FALSE_OR_ABSENT, Flag.FALSE_OR_ABSENT, Optional.empty()),
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
        new DeleteWishes(
            Optional.of("team/app"), Flag.TRUE, Flag.FALSE_OR_ABSENT, Optional.empty()),
        reader.readForDelete(json(properties)));
  }

  @Test
  void aLifecyclePolicyForAnotherRegistryNeverCameIntoForce() {
    String properties =
        """
        {"RepositoryPolicyText": {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}]},
         "LifecyclePolicy": {"RegistryId": "%s", "LifecyclePolicyText": {"rules": [
          {"rulePriority": 1, "action": {"type": "expire"}, "selection": {
           "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 5}}]}}}
        """;
    StatedBefore own = reader.readBefore(json(properties.formatted("123456789012")));
    assertTrue(own.lifecyclePolicy().isPresent() && own.statedLifecyclePolicy().isPresent());
    StatedBefore foreign = reader.readBefore(json(properties.formatted("111122223333")));
    assertEquals(Optional.empty(), foreign.lifecyclePolicy());
    assertEquals(Optional.empty(), foreign.statedLifecyclePolicy());
    assertEquals(own.repositoryPolicy(), foreign.repositoryPolicy());
    assertTrue(foreign.repositoryPolicy().isPresent());
  }

  @Test
  void aDeleteKnowsTheLifecyclePolicyThatWasStated() {
    String properties = "{\"AdoptExisting\": \"true\", \"MaxImageCount\": \"5\"}";
    Optional<String> stated =
        reader.readForDelete(json(properties)).lifecyclePolicy().map(policy -> policy.text());
    assertTrue(stated.orElseThrow().contains("imageCountMoreThan"), stated::toString);
    assertTrue(!stated.orElseThrow().contains("untagged"), stated::toString);
  }

  @Test
  void oldPropertiesTellWhatTheyStated() {
    StatedBefore before =
        reader.readBefore(
            json(
                """
                {"RepositoryName": "team/app", "Profile": "Development",
                 "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}],
                 "Access": {"Pull": {"AccountIds": ["111122223333"]}}}\
                """));
    assertEquals(Optional.of("team/app"), before.repositoryName());
    assertEquals(Set.of("a", "b"), before.tagKeys());
    assertTrue(before.lifecyclePolicy().isPresent());
    assertEquals(before.lifecyclePolicy(), before.statedLifecyclePolicy());
    assertTrue(before.repositoryPolicy().isPresent());
  }

  @Test
  void theDefaultProfileCountsAsStatedForARepositoryOfOurs() {
    StatedBefore before = reader.readBefore(JsonObject.EMPTY);
    assertTrue(before.lifecyclePolicy().isPresent());
    assertEquals(Optional.empty(), before.statedLifecyclePolicy());
  }

  @Test
  void aFaultInOnePolicyLeavesTheOtherReadable() {
    StatedBefore before =
        reader.readBefore(
            json(
                """
                {"MaxImageCount": "many", "Frobnicate": "1",
                 "Tags": [{"Key": "a"}, "b", {"Value": "c"}, {"Key": "aws:x", "Value": "1"}],
                 "Access": {"Pull": {"AccountIds": ["111122223333"]}}}\
                """));
    assertEquals(Optional.empty(), before.lifecyclePolicy());
    assertEquals(Optional.empty(), before.statedLifecyclePolicy());
    assertTrue(before.repositoryPolicy().isPresent());
    assertEquals(Set.of("a", "aws:x"), before.tagKeys());
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
      assertDoesNotThrow(() -> reader.readBefore(properties), where);
    }
  }
}
