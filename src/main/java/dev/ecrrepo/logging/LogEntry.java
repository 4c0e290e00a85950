package dev.ecrrepo.logging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// One line of the log with fields of its own: `LogEntry.of(LOG).with("operation",
/// "CreateRepository").with("ms", 12).info("called ECR")`.
///
/// It writes to the JDK's logger directly: `slf4j-jdk14` drops the fields of SLF4J's fluent API,
/// and searches the stack of every call for the name of the caller, which is not printed.
public final class LogEntry {
  private final Logger log;
  private final Map<String, String> fields = new LinkedHashMap<>();

  private LogEntry(Logger log) {
    this.log = log;
  }

  public static LogEntry of(Logger log) {
    return new LogEntry(log);
  }

  /// @param value printed by its `toString`
  public LogEntry with(String key, Object value) {
    fields.put(key, String.valueOf(value));
    return this;
  }

  public void info(String message) {
    write(Level.INFO, message, null);
  }

  public void warn(String message) {
    write(Level.WARNING, message, null);
  }

  public void error(String message, Throwable cause) {
    write(Level.SEVERE, message, cause);
  }

  private void write(Level level, String message, Throwable cause) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName(log.getName());
    record.setParameters(new Object[] {this});
    record.setThrown(cause);
    log.log(record);
  }

  /// The fields of a record that a LogEntry wrote; none for any other record.
  static Map<String, String> fieldsOf(LogRecord record) {
    Object[] parameters = record.getParameters();
    return parameters != null && parameters.length == 1 && parameters[0] instanceof LogEntry entry
        ? entry.fields
        : Map.of();
  }
}
