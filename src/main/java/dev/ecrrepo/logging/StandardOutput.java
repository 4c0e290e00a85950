package dev.ecrrepo.logging;

import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/// Writes each record to standard output, which Lambda sends to CloudWatch Logs, in one write:
/// lines of two threads do not mix.
final class StandardOutput extends Handler {

  StandardOutput() {
    setFormatter(new JsonFormatter());
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      print(getFormatter().format(record));
    }
  }

  /// @param line with its line end
  static void print(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }

  @Override
  public void flush() {
    System.out.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
