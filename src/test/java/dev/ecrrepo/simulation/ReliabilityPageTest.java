package dev.ecrrepo.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/reliability.md names only what exists.
class ReliabilityPageTest {

  private static final Path PAGE = Path.of("docs/reliability.md");
  private static final Path TESTS = Path.of("src/test/java");

  @Test
  void theTableHasAllRowsOfTheMatrix() throws IOException {
    List<String> rows = Files.readAllLines(PAGE).stream().filter(l -> l.startsWith("| M")).toList();
    assertEquals(72, rows.size());
  }

  @Test
  void everyTestThatItNamesExists() throws IOException {
    List<MatchResult> named =
        Pattern.compile("([A-Z]\\w+Test)#(\\w+)")
            .matcher(Files.readString(PAGE))
            .results()
            .toList();
    assertTrue(named.size() > 50);
    for (MatchResult test : named) {
      assertTrue(source(test.group(1)).contains("void " + test.group(2) + "("), test.group());
    }
  }

  @Test
  void everyInvariantIsExplained() throws IOException {
    String page = Files.readString(PAGE);
    for (Invariant invariant : Invariant.values()) {
      assertTrue(page.contains("- `" + invariant + "`: " + invariant.sentence()), invariant.name());
    }
  }

  private static String source(String name) throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      Path file = files.filter(f -> f.endsWith(name + ".java")).findFirst().orElseThrow();
      return Files.readString(file);
    }
  }
}
