package dev.ecrrepo.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.schema.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// However many faults some properties have, and however they are nested, the reader ends: after
/// some hundred faults it reads no further. The bound on the time is far above what is needed and
/// far below what a square would take.
class ManyFaultsTest {

  private static final int CHARACTERS = 400_000;
  private static final Duration MUCH_TOO_LONG = Duration.ofSeconds(20);

  private final PropertyReader reader =
      new PropertyReader(Schema.load(), "aws", "eu-west-1", Optional.of("123456789012"));

  /// A kind of properties, written with this many parts.
  private record Kind(String name, IntFunction<String> properties) {}

  private static Stream<Kind> kinds() {
    return Stream.of(
        list("empty statements", "{\"RepositoryPolicyText\": {\"Statement\": [", "{}", "]}}"),
        list(
            "empty statements in a text",
            "{\"RepositoryPolicyText\": \"{\\\"Statement\\\": [",
            "{}",
            "]}\"}"),
        list(
            "principals that are none",
            "{\"RepositoryPolicyText\": {\"Statement\": [{\"Effect\": \"Allow\","
                + " \"Action\": \"ecr:*\", \"Principal\": {\"AWS\": [",
            "\"x\"",
            "]}}]}}"),
        members(
            "condition operators that are none",
            "{\"RepositoryPolicyText\": {\"Statement\": [{\"Condition\": {",
            "{}",
            "}}]}}"),
        members("unknown members of a statement", "{\"RepositoryPolicyText\": {\"Statement\": [{"),
        members("unknown members of a policy", "{\"RepositoryPolicyText\": {"),
        members("unknown properties", "{"),
        members("unknown grants", "{\"Access\": {"),
        members("unknown members of a rule", "{\"LifecycleRules\": [{"),
        list("tags without a key", "{\"Tags\": [", "{\"Value\": 1}", "]}"),
        list("the same tag", "{\"Tags\": [", "{\"Key\": \"a\", \"Value\": \"b\"}", "]}"),
        list("empty rules", "{\"LifecycleRules\": [", "{}", "]}"),
        list("the same rule", "{\"LifecycleRules\": [", "{\"MaxImageCount\": 1}", "]}"),
        list("the same protected tag", "{\"ProtectedTags\": [", "\"a\"", "]}"),
        list(
            "the same pattern of a rule",
            "{\"LifecycleRules\": [{\"MaxImageCount\": 1, \"ForEachTagPattern\": [",
            "\"a\"",
            "]}]}"),
        list(
            "account IDs that are none",
            "{\"Access\": {\"Pull\": {\"AccountIds\": [",
            "\"x\"",
            "]}}}"),
        list(
            "empty rules of ECR's",
            "{\"LifecyclePolicy\": {\"LifecyclePolicyText\": {\"rules\": [",
            "{}",
            "]}}}"),
        members(
            "unknown members of ECR's rule",
            "{\"LifecyclePolicy\": {\"LifecyclePolicyText\": {\"rules\": [{"),
        list("filters that are none", "{\"ImageTagMutabilityExclusionFilters\": [", "{}", "]}"),
        new Kind(
            "faults below a long name",
            count ->
                "{\""
                    + "n".repeat(Math.min(count, 45_000))
                    + "\": 1, \"RepositoryPolicyText\": {\""
                    + "n".repeat(Math.min(count, 45_000))
                    + "\": 1, \"Statement\": ["
                    + repeated("{}", count / 10)
                    + "]}}"),
        new Kind(
            "strings of one hash in a list",
            count ->
                "{\"Access\": {\"Pull\": {\"AccountIds\": ["
                    + IntStream.range(0, count / 4)
                        .mapToObj(i -> "\"" + collision(i) + "\"")
                        .collect(Collectors.joining(","))
                    + "]}}}"));
  }

  private static Kind list(String name, String before, String element, String after) {
    return new Kind(name, count -> before + repeated(element, count) + after);
  }

  private static Kind members(String name, String before) {
    String after =
        before
            .substring(1)
            .chars()
            .filter(c -> c == '{' || c == '[')
            .mapToObj(c -> c == '{' ? "}" : "]")
            .collect(
                Collectors.collectingAndThen(
                    Collectors.joining(),
                    closing -> new StringBuilder(closing).reverse().toString()));
    return members(name, before, "1", after + "}");
  }

  private static Kind members(String name, String before, String value, String after) {
    return new Kind(
        name,
        count ->
            before
                + IntStream.range(0, count)
                    .mapToObj(i -> "\"Statemen" + i + "\": " + value)
                    .collect(Collectors.joining(","))
                + after);
  }

  private static String repeated(String element, int count) {
    return String.join(",", java.util.Collections.nCopies(Math.max(1, count), element));
  }

  /// `Aa` and `BB` have one hash code, and so have all strings of such pairs.
  private static String collision(int number) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 17; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  @TestFactory
  Stream<DynamicTest> theReaderEndsAfterSomeHundredFaults() {
    return kinds().map(kind -> DynamicTest.dynamicTest(kind.name(), () -> ends(kind)));
  }

  private void ends(Kind kind) throws Exception {
    int parts = CHARACTERS / Math.max(1, kind.properties().apply(100).length() / 100);
    JsonObject properties = (JsonObject) Json.parse(kind.properties().apply(parts));
    List<Fault> faults =
        assertTimeoutPreemptively(
            MUCH_TOO_LONG,
            () -> {
              reader.readForDelete(properties);
              return assertInstanceOf(ReadResult.Faulty.class, reader.read(properties)).faults();
            });
    assertFalse(faults.isEmpty());
    assertTrue(faults.size() <= 2 * Fault.MAX_FAULTS, "faults: " + faults.size());
    String answer = Fault.message(faults, 3_000);
    assertTrue(answer.length() <= 3_000, answer.length() + " characters");
    if (faults.size() >= Fault.MAX_FAULTS) {
      assertTrue(answer.startsWith(Fault.MAX_FAULTS + " or more faults:"), answer);
      assertTrue(answer.endsWith("… and more; fix these first."), answer);
    }
  }

  @org.junit.jupiter.api.Test
  void fewFaultsAreCounted() {
    List<Fault> faults =
        assertInstanceOf(
                ReadResult.Faulty.class,
                reader.read(
                    new JsonObject(java.util.Map.of("Tags", Json.of("x"), "Acces", Json.of(1)))))
            .faults();
    assertEquals(2, faults.size());
    assertTrue(Fault.message(faults, 3_000).startsWith("2 faults:"));
  }
}
