package dev.ecrrepo.logging;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/// A log record as one JSON object on one line: `timestamp`, `level`, `message`, the fields of the
/// logging context (MDC) and of the [LogEntry] in alphabetical order, `logger`, and for an
/// exception `error` and `stack`.
final class JsonFormatter extends Formatter {

  /// Fields that are numbers or booleans in Powertools' own layouts, and times in milliseconds.
  private static final Set<String> UNQUOTED =
      Set.of("cold_start", "function_memory_size", "sampling_rate", "ms", "attempts");

  private static final Pattern NUMBER =
      Pattern.compile("-?+(?:0|[1-9]\\d{0,15}+)(?:\\.\\d{1,15}+)?+");

  private static final int MAX_STACK = 8_000;

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder(512).append('{');
    string(line, "timestamp", record.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
    string(line, "level", level(record.getLevel().intValue()));
    string(line, "message", String.valueOf(record.getMessage()));
    fields(record).forEach((key, value) -> field(line, key, value));
    string(line, "logger", String.valueOf(record.getLoggerName()));
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      string(line, "error", thrown.toString());
      string(line, "stack", stack(thrown));
    }
    line.setCharAt(line.length() - 1, '}');
    return line.append('\n').toString();
  }

  /// Of the logging context, and the line's own, which have precedence.
  private static Map<String, String> fields(LogRecord record) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    Map<String, String> fields = context == null ? new TreeMap<>() : new TreeMap<>(context);
    fields.putAll(LogEntry.fieldsOf(record));
    return fields;
  }

  private static void field(StringBuilder line, String key, String value) {
    if (UNQUOTED.contains(key) && isLiteral(value)) {
      name(line, key).append(value).append(',');
    } else {
      string(line, key, String.valueOf(value));
    }
  }

  private static boolean isLiteral(String value) {
    return value != null
        && (value.equals("true") || value.equals("false") || NUMBER.matcher(value).matches());
  }

  private static void string(StringBuilder line, String key, String value) {
    name(line, key).append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, line);
    line.append("\",");
  }

  private static StringBuilder name(StringBuilder line, String key) {
    line.append('"');
    JsonStringEncoder.getInstance().quoteAsString(key, line);
    return line.append("\":");
  }

  private static String level(int level) {
    if (level >= java.util.logging.Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level >= java.util.logging.Level.WARNING.intValue()) {
      return "WARN";
    }
    if (level >= java.util.logging.Level.INFO.intValue()) {
      return "INFO";
    }
    return level >= java.util.logging.Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  private static String stack(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    String all = text.toString();
    return all.length() <= MAX_STACK ? all : all.substring(0, MAX_STACK) + "…";
  }
}
