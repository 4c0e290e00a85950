package dev.ecrrepo.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.FaultLines;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The recipes of `docs/lifecycle.md`: behind each the rules that the provider makes of it.
///
/// `./mvnw test -Dtest=LifecycleRecipesTest -Dregenerate=true` writes them anew.
class LifecycleRecipesTest {

  private static final Path PAGE = Path.of("docs/lifecycle.md");
  private static final Pattern RECIPE =
      Pattern.compile(
          "(?s)(<!-- recipe -->\n```yaml\n(.*?)```\n<!-- rules -->\n)(.*?)(?=\n##|\n\\z)");

  private final PropertyReader reader =
      new PropertyReader(Schema.load(), "aws", "eu-west-1", Optional.empty());

  @Test
  void theRulesBehindEachRecipeAreThoseThatTheProviderMakes() throws IOException {
    String page = Files.readString(PAGE);
    Matcher recipes = RECIPE.matcher(page);
    StringBuilder expected = new StringBuilder();
    int count = 0;
    while (recipes.find()) {
      count++;
      String block = recipes.group(1) + rules(recipes.group(2));
      recipes.appendReplacement(expected, Matcher.quoteReplacement(block));
    }
    recipes.appendTail(expected);
    assertTrue(count >= 10, "recipes found: " + count);
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(PAGE, expected);
    } else {
      assertEquals(
          expected.toString(),
          page,
          "stale; run ./mvnw test -Dtest=LifecycleRecipesTest -Dregenerate=true");
    }
  }

  private String rules(String yaml) {
    return switch (reader.read(properties(yaml))) {
      case ReadResult.Faulty(List<Fault> faults) -> throw new AssertionError(FaultLines.of(faults));
      case ReadResult.Desired(DesiredRepository desired, List<String> overridden) ->
          print(desired.policies().lifecyclePolicy())
              + (overridden.isEmpty()
                  ? ""
                  : "\nOverridden: " + String.join(", ", overridden) + ".\n");
    };
  }

  private static JsonObject properties(String yaml) {
    JsonNode tree = new YAMLMapper().readTree(yaml);
    try {
      return (JsonObject) Json.parse(tree.toString());
    } catch (JsonSyntaxException e) {
      throw new AssertionError(yaml, e);
    }
  }

  /// Four lines a rule, none of them long.
  private static String print(Optional<LifecyclePolicy> policy) {
    if (policy.isEmpty()) {
      return "\nNo rules: ECR keeps every image.\n";
    }
    List<Json> rules = ((JsonArray) policy.get().document().get("rules").orElseThrow()).elements();
    return rules.stream()
        .map(rule ->
            rule.toString()
                .replace(",\"selection\"", ",\n     \"selection\"")
                .replace(",\"countType\"", ",\n                   \"countType\"")
                .replace(",\"action\"", ",\n     \"action\"")
                .replaceAll("(\"|[0-9]|\\]|\\}),(?=[\"\\[{])", "$1, ")
                .replace("\":", "\": "))
        .collect(
            Collectors.joining(",\n    ", "\n```json\n{\n  \"rules\": [\n    ", "\n  ]\n}\n```\n"));
  }
}
