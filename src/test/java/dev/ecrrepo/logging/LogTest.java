package dev.ecrrepo.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonBoolean;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import software.amazon.lambda.powertools.logging.internal.LoggingManager;

class LogTest {

  private static final Logger LOG = LoggerFactory.getLogger("dev.ecrrepo.Something");

  private final LoggingManager levels = new LoggingSetup();
  private Printed printed;

  @BeforeEach
  void open() {
    LoggingSetup.install();
    MDC.clear();
    printed = new Printed();
  }

  @AfterEach
  void close() {
    printed.close();
    MDC.clear();
    LoggingSetup.install();
  }

  private JsonObject line() throws JsonSyntaxException {
    assertEquals(1, printed.lines().size(), printed.text());
    return (JsonObject) Json.parse(printed.lines().getFirst());
  }

  @Test
  void aRecordIsOneJsonObjectOnOneLine() throws JsonSyntaxException {
    LOG.info("two\nlines, a \"quote\" and {} of {}", "a \\", "é🐳\u0000");
    JsonObject line = line();
    assertEquals(
        Optional.of("two\nlines, a \"quote\" and a \\ of é🐳\u0000"), line.string("message"));
    assertEquals(Optional.of("INFO"), line.string("level"));
    assertEquals(Optional.of("dev.ecrrepo.Something"), line.string("logger"));
    Instant.parse(line.string("timestamp").orElseThrow());
  }

  @Test
  void theLoggingContextIsPartOfEachLine() throws JsonSyntaxException {
    MDC.put("function_name", "f");
    MDC.put("cold_start", "true");
    MDC.put("function_memory_size", "1769");
    MDC.put("account", "012345678912");
    LOG.warn("x");
    JsonObject line = line();
    assertEquals(Optional.of("f"), line.string("function_name"));
    assertEquals(Optional.of("012345678912"), line.string("account"));
    assertEquals(new JsonBoolean(true), line.get("cold_start").orElseThrow());
    assertEquals(new JsonNumber("1769"), line.get("function_memory_size").orElseThrow());
  }

  @Test
  void aNumericFieldThatIsNoNumberStaysText() throws JsonSyntaxException {
    MDC.put("ms", "01");
    MDC.put("cold_start", "maybe");
    MDC.put("attempts", null);
    LOG.info("x");
    JsonObject line = line();
    assertEquals(Optional.of("01"), line.string("ms"));
    assertEquals(Optional.of("maybe"), line.string("cold_start"));
    assertEquals(Optional.of("null"), line.string("attempts"));
  }

  @Test
  void anExceptionIsPrintedWithItsStack() throws JsonSyntaxException {
    LOG.error("x", new IllegalStateException("why"));
    JsonObject line = line();
    assertEquals(Optional.of("java.lang.IllegalStateException: why"), line.string("error"));
    assertTrue(line.string("stack").orElseThrow().contains("LogTest.java"));
  }

  @Test
  void aLinesOwnFieldsEndWithTheLine() throws JsonSyntaxException {
    MDC.put("requestId", "r");
    MDC.put("operation", "outer");
    LogEntry.of(java.util.logging.Logger.getLogger(LOG.getName()))
        .with("operation", "CreateRepository")
        .with("ms", 12L)
        .info("called ECR");
    JsonObject line = line();
    assertEquals(Optional.of("CreateRepository"), line.string("operation"));
    assertEquals(Optional.of("r"), line.string("requestId"));
    assertEquals(new JsonNumber("12"), line.get("ms").orElseThrow());
    assertEquals("outer", MDC.get("operation"));
    assertEquals(null, MDC.get("ms"));
  }

  @Test
  void powertoolsFindsOneLoggingManager() {
    List<LoggingManager> found =
        ServiceLoader.load(LoggingManager.class).stream().map(ServiceLoader.Provider::get).toList();
    assertEquals(1, found.size());
    assertInstanceOf(LoggingSetup.class, found.getFirst());
  }

  @Test
  void theLevelIsInfoUntilSomebodySetsIt() {
    assertEquals(Level.INFO, levels.getLogLevel(LOG));
    for (Level level : Level.values()) {
      levels.setLogLevel(level);
      assertEquals(level, levels.getLogLevel(LOG));
      printed.text();
    }
    levels.setLogLevel(Level.DEBUG);
    LOG.debug("seen");
    LOG.trace("unseen");
    assertEquals(1, printed.lines().size());
    assertTrue(printed.text().contains("\"level\":\"DEBUG\""));
  }

  @Test
  void theLoggersOfOthersStayAtWarningsWhateverTheLevel() {
    levels.setLogLevel(Level.TRACE);
    for (String name :
        List.of("software.amazon.awssdk.request", "sun.net.www.protocol.http.HttpURLConnection")) {
      Logger other = LoggerFactory.getLogger(name);
      assertFalse(other.isInfoEnabled(), name);
      assertTrue(other.isWarnEnabled(), name);
    }
  }

  @Test
  void metricsAreALineThatCloudWatchReads() throws JsonSyntaxException {
    new Metrics("my \"f\"")
        .dimension("Guardrail", "NamePrefix")
        .count("First", 1)
        .count("Second", 0)
        .print(Instant.ofEpochMilli(1_795_000_000_123L));
    assertEquals(
        Json.parse(
            """
            {"_aws": {"Timestamp": 1795000000123,
              "CloudWatchMetrics": [{"Namespace": "CustomEcrRepo",
                "Dimensions": [["FunctionName", "Guardrail"]],
                "Metrics": [{"Name": "First", "Unit": "Count"},
                  {"Name": "Second", "Unit": "Count"}]}]},
             "FunctionName": "my \\"f\\"", "Guardrail": "NamePrefix", "First": 1, "Second": 0}
            """),
        line());
  }

  @Test
  void withoutANameTheMetricsAreThoseOfTheFunctionThatRuns() throws JsonSyntaxException {
    MDC.put("function_name", "ecrrepo");
    new Metrics().count("First", 1).print(Instant.EPOCH);
    assertEquals(Optional.of("ecrrepo"), line().string("FunctionName"));
  }
}
