package dev.ecrrepo.logging;

import java.util.logging.LogRecord;

/// A log record as it would be printed.
public final class LoggedEntry {

  private static final JsonFormatter FORMATTER = new JsonFormatter();

  private LoggedEntry() {}

  public static String of(LogRecord entry) {
    return FORMATTER.format(entry);
  }
}
