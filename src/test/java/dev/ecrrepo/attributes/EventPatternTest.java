package dev.ecrrepo.attributes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.event.ruler.Ruler;

/// The patterns against events of the documented shapes, matched by the code that AWS published
/// from EventBridge. The events are those of team/app unless their file says otherwise.
class EventPatternTest {

  private static final Path EVENTS = Path.of("src/test/resources/scan-events");

  private static Set<String> matched(String attribute, String repository) throws Exception {
    String pattern = AttributesTest.attributes(repository).get(attribute);
    Set<String> matched = new TreeSet<>();
    try (Stream<Path> files = Files.list(EVENTS)) {
      for (Path file : files.toList()) {
        if (Ruler.matchesRule(Files.readString(file), pattern)) {
          matched.add(file.getFileName().toString().replace(".json", ""));
        }
      }
    }
    return matched;
  }

  @Test
  void completedIsEveryCompleteScanOfThisRepository() throws Exception {
    assertEquals(
        Set.of(
            "basic-critical",
            "basic-no-critical",
            "basic-zero-critical",
            "basic-clean",
            "enhanced-scan"),
        matched("ImageScanCompletedEventPattern", "team/app"));
  }

  @Test
  void criticalIsAScanThatCountsSomeOrAnOpenFindingOfThisRepository() throws Exception {
    assertEquals(
        Set.of("basic-critical", "enhanced-critical-finding"),
        matched("CriticalFindingEventPattern", "team/app"));
  }

  @Test
  void anotherRepositoryHearsOnlyOfItsOwn() throws Exception {
    assertEquals(
        Set.of("basic-other-repository", "enhanced-scan-other-repository"),
        matched("ImageScanCompletedEventPattern", "team/app2"));
    assertEquals(
        Set.of("basic-other-repository", "enhanced-finding-other-repository"),
        matched("CriticalFindingEventPattern", "team/app2"));
    assertEquals(Set.of(), matched("CriticalFindingEventPattern", "team"));
  }

  /// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
  @Test
  void aPatternOfTheLongestNameFitsIntoARule() {
    var attributes = AttributesTest.attributes("n".repeat(256));
    for (String each : Set.of("ImageScanCompletedEventPattern", "CriticalFindingEventPattern")) {
      assertTrue(attributes.get(each).length() <= 4096, each);
    }
  }
}
