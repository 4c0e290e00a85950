package dev.ecrrepo.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.FaultLines;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.policy.IamEvaluator;
import dev.ecrrepo.policy.IamEvaluator.Caller;
import dev.ecrrepo.policy.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What `docs/access.md` says: behind each recipe the policy that the provider makes of it, and
/// permissions that are enough and no more.
///
/// `./mvnw test -Dtest=AccessRecipesTest -Dregenerate=true` writes the policies anew.
class AccessRecipesTest {

  private static final Path PAGE = Path.of("docs/access.md");
  private static final Pattern RECIPE =
      Pattern.compile(
          "(?s)(<!-- recipe -->\n```yaml\n(.*?)```\n<!-- policy -->\n)(\n```json\n.*?\n```\n)?");
  private static final int LEAST_RECIPES = 8;

  @Test
  void thePolicyBehindEachRecipeIsTheOneThatTheProviderMakes() throws IOException {
    String page = Files.readString(PAGE);
    Matcher recipes = RECIPE.matcher(page);
    String expected =
        recipes.replaceAll(recipe ->
            Matcher.quoteReplacement(
                recipe.group(1) + "\n```json\n" + print(policy(recipe.group(2))) + "\n```\n"));
    assertTrue(RECIPE.matcher(page).results().count() >= LEAST_RECIPES);
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(PAGE, expected);
    } else {
      assertEquals(
          expected, page, "stale; run ./mvnw test -Dtest=AccessRecipesTest -Dregenerate=true");
    }
  }

  @Test
  void theTableOfOperationsIsWhatEachGrantContains() throws IOException {
    String page = Files.readString(PAGE);
    StatedGrantees nobody = new StatedGrantees(List.of(), List.of(), List.of(), List.of());
    for (Grant grant :
        List.of(
            new Grant.Pull(nobody, List.of()),
            new Grant.Push(nobody),
            new Grant.Delete(nobody),
            new Grant.Read(nobody),
            new Grant.Lambda(List.of()),
            new Grant.PullThroughCache(List.of()))) {
      String row =
          "| `%s` | %s |\n"
              .formatted(
                  grant.property().substring("Access.".length()),
                  grant.actions().stream()
                      .map(action -> "`" + action.substring("ecr:".length()) + "`")
                      .collect(Collectors.joining(" ")));
      assertTrue(page.contains(row), () -> "not on the page: " + row);
    }
  }

  @Test
  void theCallersOwnPermissionsAreEnoughAndNoMore() throws IOException {
    String page = Files.readString(PAGE);
    JsonObject everything =
        policy(
            "RepositoryPolicyText: {Version: '2012-10-17', Statement: [{Effect: Allow,"
                + " Principal: {AWS: '444455556666'}, Action: 'ecr:*'}]}");
    Caller caller = new Caller("arn:aws:iam::444455556666:role/tasks", Map.of());
    try (IamEvaluator iam = new IamEvaluator()) {
      for (Map.Entry<String, String> row :
          Map.of("pull", AccessOutcomesTest.PULL, "push", AccessOutcomesTest.PUSH).entrySet()) {
        List<JsonObject> own = List.of(iamPolicy(page, row.getKey()));
        assertEquals(
            new TreeSet<>(Set.of(row.getValue().split(" "))),
            AccessOutcomesTest.OPERATIONS.stream()
                .filter(operation ->
                    iam.allows(
                        everything, caller, own, "ecr:" + operation, repository("shop/cart")))
                .collect(Collectors.toCollection(TreeSet::new)),
            row.getKey());
        assertFalse(
            iam.allows(everything, caller, own, "ecr:BatchGetImage", repository("other/cart")));
        assertTrue(iam.allows(JsonObject.EMPTY, caller, own, "ecr:GetAuthorizationToken", "*"));
      }
    }
  }

  @Test
  void aTokenPermissionForOneRepositoryIsNone() throws IOException {
    JsonObject scoped =
        object(
            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\":"
                + " \"ecr:GetAuthorizationToken\", \"Resource\": \""
                + repository("shop/cart")
                + "\"}]}");
    try (IamEvaluator iam = new IamEvaluator()) {
      assertFalse(
          iam.allows(
              JsonObject.EMPTY,
              new Caller("arn:aws:iam::444455556666:role/tasks", Map.of()),
              List.of(scoped),
              "ecr:GetAuthorizationToken",
              "*"));
    }
  }

  private static String repository(String name) {
    return "arn:aws:ecr:eu-west-1:999988887777:repository/" + name;
  }

  private static JsonObject iamPolicy(String page, String name) {
    Matcher block =
        Pattern.compile("(?s)<!-- iam: " + name + " -->\n```json\n(.*?)```").matcher(page);
    return block
        .results()
        .findFirst()
        .map((MatchResult found) -> object(found.group(1)))
        .orElseThrow(() -> new AssertionError("the page has no permissions to " + name));
  }

  private static JsonObject policy(String yaml) {
    JsonObject properties = object(new YAMLMapper().readTree(yaml).toString());
    List<Fault> faults = new ArrayList<>();
    return StatedPolicy.read(
            properties.get("Access"),
            properties.get("RepositoryPolicyText"),
            properties.string("RepositoryName"),
            "aws",
            faults)
        .orElseThrow(() -> new AssertionError(FaultLines.of(faults)))
        .document();
  }

  /// A few lines a statement, none of them long.
  private static String print(JsonObject policy) {
    String statements =
        PolicyDocument.statements(policy).stream()
            .map(statement ->
                statement
                    .toString()
                    .replaceAll(",\"(Principal|Action|Condition)\"", ",\n     \"$1\"")
                    .replaceAll("(\"|[0-9]|\\]|\\}),(?=[\"\\[{])", "$1, ")
                    .replace(
                        ", \"ecr:InitiateLayerUpload\"",
                        ",\n                \"ecr:InitiateLayerUpload\"")
                    .replaceAll("(\"|[}\\]]|[a-z]):(?=[\"\\[{])", "$1: "))
            .collect(Collectors.joining(",\n    "));
    String text =
        "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    " + statements + "\n  ]\n}";
    assertEquals(policy, object(text));
    return text;
  }

  private static JsonObject object(String text) {
    try {
      return (JsonObject) Json.parse(text);
    } catch (JsonSyntaxException e) {
      throw new AssertionError(text, e);
    }
  }
}
