package dev.ecrrepo.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/// A time to the second in ISO 8601's basic format, `20261120T101500Z`, as AWS signatures have it.
/// Without a DateTimeFormatter, which would cost more of a cold start than everything that uses
/// this.
public final class Iso8601Basic {

  private static final Pattern FORM = Pattern.compile("[0-9]{8}T[0-9]{6}Z");

  private Iso8601Basic() {}

  /// Empty for any other text.
  public static Optional<Instant> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
                  Integer.parseInt(text, 0, 4, 10),
                  Integer.parseInt(text, 4, 6, 10),
                  Integer.parseInt(text, 6, 8, 10),
                  Integer.parseInt(text, 9, 11, 10),
                  Integer.parseInt(text, 11, 13, 10),
                  Integer.parseInt(text, 13, 15, 10))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// Of the years 0 to 9999.
  public static String format(Instant time) {
    LocalDateTime t = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    return padded(t.getYear(), 4)
        + padded(t.getMonthValue(), 2)
        + padded(t.getDayOfMonth(), 2)
        + "T"
        + padded(t.getHour(), 2)
        + padded(t.getMinute(), 2)
        + padded(t.getSecond(), 2)
        + "Z";
  }

  private static String padded(int number, int digits) {
    String text = Integer.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
