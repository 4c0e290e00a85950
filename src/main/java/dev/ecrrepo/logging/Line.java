package dev.ecrrepo.logging;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.MDC;

/// One line of the log with fields of its own: `Line.of(LOG).with("operation",
/// "CreateRepository").with("ms", 12).info("called ECR")`.
///
/// The fields travel in the logging context for the length of the call, since `slf4j-jdk14` drops
/// the key-value pairs of SLF4J's fluent interface.
public final class Line {
  private final Logger log;
  private final Map<String, String> fields = new LinkedHashMap<>();

  private Line(Logger log) {
    this.log = log;
  }

  public static Line of(Logger log) {
    return new Line(log);
  }

  /// @param value printed by its `toString`
  public Line with(String key, Object value) {
    fields.put(key, String.valueOf(value));
    return this;
  }

  public void info(String message) {
    write(() -> log.info(message));
  }

  public void warn(String message) {
    write(() -> log.warn(message));
  }

  public void error(String message, Throwable cause) {
    write(() -> log.error(message, cause));
  }

  private void write(Runnable write) {
    Map<String, String> before = MDC.getCopyOfContextMap();
    try {
      fields.forEach(MDC::put);
      write.run();
    } finally {
      if (before == null) {
        MDC.clear();
      } else {
        MDC.setContextMap(before);
      }
    }
  }
}
