package dev.ecrrepo.properties;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.FaultLines;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Pairs of files under `src/test/resources/faults`: `<case>.json` holds properties as the function
/// receives them, `<case>.faults` the exact sentences that come back, one a line. A missing fault
/// fails, and so does one too many. A new case needs two files and no Java.
class FaultCasesTest {

  private static final Path CASES = Path.of("src/test/resources/faults");
  private static final Path SCHEMA = Path.of("schema/custom-ecrrepo.json");

  private final PropertyReader reader =
      new PropertyReader(Schema.load(), "aws", "eu-west-1", Optional.of("123456789012"));

  @TestFactory
  Stream<DynamicTest> everyFaultIsReportedAndNoOther() throws IOException {
    return files(".json").stream()
        .map(file -> DynamicTest.dynamicTest(name(file), () -> hasItsFaults(file)));
  }

  private void hasItsFaults(Path file) throws Exception {
    JsonObject properties = (JsonObject) Json.parse(Files.readString(file));
    String expected = Files.readString(Path.of(file.toString().replace(".json", ".faults")));
    assertEquals(expected.strip(), faults(properties));
  }

  private String faults(JsonObject properties) {
    return switch (reader.read(properties)) {
      case ReadResult.Desired _ -> "";
      case ReadResult.Faulty(List<Fault> faults) -> FaultLines.of(faults);
    };
  }

  /// A problem with a verb at its beginning follows the path without a colon, so Fault must know
  /// the verb.
  @Test
  void aColonStandsBeforeAValueOrANounOnly() throws Exception {
    for (Path file : files(".json")) {
      if (reader.read((JsonObject) Json.parse(Files.readString(file)))
          instanceof ReadResult.Faulty(List<Fault> faults)) {
        for (Fault fault : faults) {
          String statement = fault.statement().substring(fault.path().text().length());
          assertTrue(
              statement.matches("(?s)(?:: (?:[^a-z]|[a-z]+[A-Z]|the |true|false|null).*|[^:].*)"),
              () -> file + ": " + fault);
        }
      }
    }
  }

  @Test
  void everyCaseIsAPair() throws IOException {
    List<String> properties = files(".json").stream().map(FaultCasesTest::name).toList();
    List<String> faults = files(".faults").stream().map(FaultCasesTest::name).toList();
    assertEquals(properties, faults);
  }

  /// Only CloudFormation's own token is not the provider's to judge.
  @Test
  void everyPropertyHasACase() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files(".faults")) {
      all.append('\n').append(Files.readString(file));
    }
    JsonObject schema = (JsonObject) assertDoesNotThrow(() -> Json.parse(Files.readString(SCHEMA)));
    List<String> without =
        ((JsonObject) schema.get("properties").orElseThrow())
            .members().keySet().stream()
                .filter(property -> !property.equals("ServiceToken"))
                .filter(property -> !isAttribute(schema, property))
                .filter(property -> !all.toString().contains("\n" + property))
                .toList();
    assertEquals(List.of(), without, "no case has a fault of");
  }

  private static boolean isAttribute(JsonObject schema, String property) {
    return schema
        .get("readOnlyProperties")
        .orElseThrow()
        .toString()
        .contains("\"/properties/" + property + "\"");
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String name(Path file) {
    return CASES.relativize(file).toString().replaceAll("\\.[a-z]+$", "");
  }
}
