package dev.ecrrepo.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.PrettyJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifecyclePolicyTest {

  static final List<AwsExamples.Example> documented = AwsExamples.all();

  private static final String TWO_RULES =
      """
      {"rules":[{"rulePriority":5,"description":"a","selection":{"tagStatus":"tagged",\
      "tagPatternList":["a*","b*"],"countType":"imageCountMoreThan","countNumber":3},\
      "action":{"type":"expire"}},{"rulePriority":9,"selection":{"tagStatus":"any",\
      "countType":"sinceImagePushed","countUnit":"days","countNumber":14},\
      "action":{"type":"expire"}}]}\
      """;

  @ParameterizedTest
  @FieldSource("documented")
  void whatAwsDocumentsIsAccepted(AwsExamples.Example example) {
    assertEquals(List.of(), faults(example.policy()));
    assertEquals(List.of(), faults(Json.of(PrettyJson.of(example.policy()))));
  }

  @ParameterizedTest
  @FieldSource("documented")
  void anObjectWhoseNumbersBecameStringsIsWrittenWithNumbers(AwsExamples.Example example) {
    LifecyclePolicy policy = read(throughCloudFormation(example.policy()));
    assertEquals(example.policy().toString(), policy.text());
  }

  @Test
  void anAcceptedTextKeepsItsOrder() {
    assertEquals(TWO_RULES, read(Json.of(TWO_RULES)).text());
  }

  @Test
  void theReprintOfEcrIsTheSamePolicy() throws Exception {
    LifecyclePolicy policy = read(Json.of(TWO_RULES));
    assertTrue(
        policy.sameAs(LifecyclePolicy.live(PrettyJson.of(Json.parse(TWO_RULES)))), "whitespace");
    assertTrue(
        policy.sameAs(
            LifecyclePolicy.live(
                """
                {"rules": [
                  {"action": {"type": "expire"}, "rulePriority": 9,
                   "selection": {"countNumber": 14, "countUnit": "days", "storageClass": "standard",
                                 "countType": "sinceImagePushed", "tagStatus": "any"}},
                  {"selection": {"storageClass": "standard", "tagPatternList": ["b*", "a*"],
                                 "countNumber": 3, "tagStatus": "tagged",
                                 "countType": "imageCountMoreThan"},
                   "description": "a", "action": {"type": "expire"}, "rulePriority": 5}]}
                """)),
        "keys, rules and tags in another order, defaults filled in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"countNumber\":3->\"countNumber\":4",
        "\"a*\",\"b*\"->\"a*\"",
        "\"rulePriority\":5->\"rulePriority\":6",
        "\"description\":\"a\"->\"description\":\"A\"",
        "\"description\":\"a\",->",
        "\"type\":\"expire\"->\"type\":\"expire\",\"since\":\"2031\"",
        "{\"rules\"->{\"version\":2,\"rules\"",
        "\"tagStatus\":\"any\"->\"tagStatus\":\"any\",\"storageClass\":\"archive\"",
        "tagPatternList->tagPrefixList",
        "{\"rules\"->\"rules\"",
      })
  void whateverMeansSomethingElseIsADifference(String change) {
    String[] parts = change.split("->", -1);
    String live = TWO_RULES.replace(parts[0], parts[1]);
    assertFalse(live.equals(TWO_RULES), "the change must apply");
    assertFalse(read(Json.of(TWO_RULES)).sameAs(LifecyclePolicy.live(live)), live);
  }

  @Test
  void samePrefixesInTwoStorageClassesAreAccepted() {
    assertEquals(
        List.of(),
        faults(
            Json.of(
                """
                {"rules": [
                  {"rulePriority": 1, "selection": {"tagStatus": "tagged",
                    "tagPrefixList": ["v"], "countType": "sinceImagePulled",
                    "countUnit": "days", "countNumber": 1},
                   "action": {"type": "transition", "targetStorageClass": "archive"}},
                  {"rulePriority": 2, "selection": {"tagStatus": "tagged",
                    "tagPrefixList": ["v"], "storageClass": "archive",
                    "countType": "sinceImageTransitioned", "countUnit": "days",
                    "countNumber": 90},
                   "action": {"type": "expire"}},
                  {"rulePriority": 4, "selection": {"tagStatus": "any",
                    "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 9},
                   "action": {"type": "expire"}},
                  {"rulePriority": 3, "selection": {"tagStatus": "any",
                    "storageClass": "archive", "countType": "sinceImageTransitioned",
                    "countUnit": "days", "countNumber": 365},
                   "action": {"type": "expire"}}]}
                """)));
  }

  @Test
  void aTextAtTheLimitIsAcceptedAndOneCharacterMoreIsNot() {
    int room = LifecyclePolicy.MAX_LENGTH - TWO_RULES.length() + 1;
    String longest = TWO_RULES.replace("\"a\"", "\"" + "x".repeat(room) + "\"");
    assertEquals(LifecyclePolicy.MAX_LENGTH, longest.length());
    assertEquals(List.of(), faults(Json.of(longest)));
    assertEquals(
        List.of(
            "P has 30721 characters; ECR accepts at most 30720. Shorten descriptions, or let a"
                + " pattern with * stand for several tags."),
        faults(Json.of(longest.replace(":\"x", ":\"xx"))));
  }

  @Test
  @DisplayName(
      "M68: thirty kilobytes of rules with one priority are refused in an answer that fits")
  void manyFaultsOfOnePolicyFitTheAnswer() {
    String rule =
        """
        {"rulePriority": 1, "description": "%s",
         "selection": {"tagStatus": "tagged", "tagPatternList": ["v*"],
                       "countType": "imageCountMoreThan", "countNumber": 1},
         "action": {"type": "expire"}}\
        """
            .formatted("x".repeat(500));
    String text = "{\"rules\": [" + String.join(",", Collections.nCopies(45, rule)) + "]}";
    assertTrue(text.length() > 30_000, "long enough");
    List<Fault> faults = new ArrayList<>();
    LifecyclePolicyTextReader.read(Json.of(text), JsonPath.of("LifecyclePolicy"))
        .addFaultsTo(faults);
    assertEquals(44, faults.size());
    String answer = Fault.message(faults, 1000);
    assertTrue(answer.length() <= 1000, answer);
    assertTrue(
        answer.startsWith("44 faults: (1) LifecyclePolicy.rules[1].rulePriority: 1 is"), answer);
    assertTrue(answer.endsWith("more; fix these first."), answer);
  }

  private static LifecyclePolicy read(Json document) {
    List<Fault> faults = new ArrayList<>();
    Optional<LifecyclePolicy> policy =
        LifecyclePolicyTextReader.read(document, JsonPath.of("P")).addFaultsTo(faults);
    assertEquals(List.of(), faults);
    return policy.orElseThrow();
  }

  private static List<String> faults(Json document) {
    List<Fault> faults = new ArrayList<>();
    Optional<LifecyclePolicy> policy =
        LifecyclePolicyTextReader.read(document, JsonPath.of("P")).addFaultsTo(faults);
    assertEquals(faults.isEmpty(), policy.isPresent());
    return faults.stream().map(Fault::toString).toList();
  }

  /// CloudFormation hands every scalar of a custom resource over as a string.
  static Json throughCloudFormation(Json json) {
    return switch (json) {
      case JsonObject(Map<String, Json> members) -> {
        Map<String, Json> strings = new LinkedHashMap<>();
        members.forEach((key, value) -> strings.put(key, throughCloudFormation(value)));
        yield new JsonObject(strings);
      }
      case JsonArray(List<Json> elements) ->
          Json.array(elements.stream().map(LifecyclePolicyTest::throughCloudFormation).toList());
      case JsonNumber(String text) -> Json.of(text);
      default -> json;
    };
  }
}
