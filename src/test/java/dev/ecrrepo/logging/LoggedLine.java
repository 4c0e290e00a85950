package dev.ecrrepo.logging;

import java.util.logging.LogRecord;

/// A log record as it would be printed.
public final class LoggedLine {

  private static final JsonFormatter FORMATTER = new JsonFormatter();

  private LoggedLine() {}

  public static String of(LogRecord entry) {
    return FORMATTER.format(entry);
  }
}
