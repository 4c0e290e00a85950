package dev.ecrrepo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.properties.PropertyReader;
import dev.ecrrepo.properties.Reading;
import dev.ecrrepo.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/errors.md` is what the provider says: the fault cases are read and the failure stories
/// told anew each time.
class ErrorGuideTest {

  private static final Path PAGE = Path.of("docs/errors.md");
  private static final Path CASES = Path.of("src/test/resources/faults");
  private static final Schema SCHEMA = Schema.load();
  private static final String COMMAND = "make docs";

  private static final String HEAD =
      """
      <!-- Made by running the provider; do not edit. `%s` writes it again. -->

      # What went wrong

      CloudFormation shows the provider's sentence in the stack's events, beside the resource that failed:

      > Received response status [FAILED] from custom resource. Message returned: %s (RequestId: 8c1f0d52-3b7e-4a86-9d0c-5e2a7f4b6131)

      All faults in the properties come in one message, numbered, before anything is changed. Look for a few words of your sentence
      on this page. The names, numbers and values in it are examples. To find most of these before deploying, run
      `cfn-lint -t my-template.yaml --append-rules schema/cfn-lint`.

      When nothing is shown and the stack waits, see
      [answering by hand](operations.md#a-stack-hangs-answering-by-hand).
      """
          .formatted(COMMAND, example());

  @Test
  void theGuideSaysWhatTheProviderSays() throws Exception {
    String expected = HEAD + stories() + faults();
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(PAGE, expected);
    } else {
      assertEquals(expected, Files.readString(PAGE), "docs/errors.md is stale; run " + COMMAND);
    }
  }

  @Test
  void noSentenceShowsTheInsideOfTheProvider() throws Exception {
    String page = HEAD + stories() + faults();
    for (String inside : List.of("dev.ecrrepo", "null pointer", "Optional", "@", "java.")) {
      assertFalse(rows(page).contains(inside + "["), inside);
    }
    assertFalse(rows(page).matches("(?s).*\\b[a-z]+\\.[a-z]+\\.[A-Z]\\w+(Exception|Error)\\b.*"));
  }

  @Test
  void everySentenceOfAStoryEndsLikeOne() {
    for (ErrorStory story : ErrorStory.all()) {
      String sentence = story.tell().apply(new Story());
      assertTrue(sentence.endsWith(".") && sentence.length() < 1_000, sentence);
    }
  }

  private static String example() {
    return Story.failed(new Story().create("Repo", "{'RepositoryName': 'My/App'}"));
  }

  private static String rows(String page) {
    return page.substring(page.indexOf("\n## "));
  }

  private static String stories() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (ErrorStory story : ErrorStory.all()) {
      groups
          .computeIfAbsent(story.group(), _ -> new ArrayList<>())
          .add("| %s | %s |\n".formatted(story.cause(), cell(story.tell().apply(new Story()))));
    }
    StringBuilder text = new StringBuilder();
    groups.forEach((group, rows) ->
        text.append("\n## ")
            .append(group)
            .append("\n\n| Cause | What you see, with the cure |\n|---|---|\n")
            .append(String.join("", rows)));
    return text.toString();
  }

  private static String faults() throws Exception {
    PropertyReader reader = new PropertyReader(SCHEMA, "aws", Optional.of("123456789012"));
    Map<String, TreeSet<String>> groups = new TreeMap<>();
    for (Path file : cases()) {
      JsonObject properties = (JsonObject) Json.parse(Files.readString(file));
      if (reader.read(properties) instanceof Reading.Faulty(List<Fault> faults)) {
        for (Fault fault : faults) {
          String where = fault.path().text().isEmpty() ? "" : fault.path().text() + ": ";
          groups
              .computeIfAbsent(top(fault), _ -> new TreeSet<>())
              .add("| %s | %s |\n".formatted(cell(where + fault.problem()), prose(fault.remedy())));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    groups.forEach((group, rows) ->
        text.append("\n## ")
            .append(group)
            .append("\n\n| What you see: the cause | … and the cure |\n|---|---|\n")
            .append(String.join("", rows)));
    return text.toString();
  }

  /// The property that a fault belongs to, if it is one; names that do not exist have a group.
  private static String top(Fault fault) {
    String name = fault.path().text().split("[.\\[]", 2)[0];
    return SCHEMA.properties().members().containsKey(name) ? name : "Names that do not exist";
  }

  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files
          .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  /// In a table, as code: no pipe may end the cell, no backtick the code.
  private static String cell(String text) {
    String fence = text.contains("`") ? "``" : "`";
    String pad = text.contains("`") ? " " : "";
    return fence + pad + text.replace("|", "\\|").replace("\n", " ") + pad + fence;
  }

  private static String prose(String text) {
    return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;").replace("\n", " ");
  }
}
