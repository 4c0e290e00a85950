package dev.ecrrepo.document;

import dev.ecrrepo.document.Json.JsonBoolean;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonString;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/// Scalars as CloudFormation delivers them, each as a string, and as a hand-written event has them.
/// Strict: what is almost a boolean or a number is an author's error, not a value.
public final class Scalars {

  /// A longer text is no integer that a property takes.
  private static final int MAX_DIGITS = 18;

  /// A longer text is no number with a unit.
  private static final int MAX_LENGTH = 50;

  private Scalars() {}

  /// The text of a string, number or boolean.
  public static Optional<String> text(Json json) {
    return switch (json) {
      case JsonString(String value) -> Optional.of(value);
      case JsonNumber(String text) -> Optional.of(text);
      case JsonBoolean(boolean value) -> Optional.of(Boolean.toString(value));
      default -> Optional.empty();
    };
  }

  /// `true` and `false`, as booleans or in exactly this spelling.
  public static Optional<Boolean> bool(Json json) {
    return switch (text(json).orElse("")) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /// Decimal digits, without leading zeros, exponent or fraction.
  public static OptionalLong integer(Json json) {
    String text = text(json).orElse("");
    String digits = text.startsWith("-") ? text.substring(1) : text;
    boolean plain =
        !digits.isEmpty()
            && digits.length() <= MAX_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && (digits.charAt(0) != '0' || text.equals("0"));
    return plain ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  /// More digits than any integer here has.
  public static boolean isHuge(String text) {
    return text.length() > MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// The integer that somebody wrote in another way: `14.0`, `1.4E1`, ` 14 `, `014`, `14 days`.
  public static OptionalLong intendedInteger(String text) {
    if (text.length() > MAX_LENGTH) {
      return OptionalLong.empty();
    }
    String number = text.strip().split("\\s++", 2)[0];
    if (number.isEmpty() || number.length() > MAX_DIGITS) {
      return OptionalLong.empty();
    }
    try {
      BigDecimal value = new BigDecimal(number);
      return value.scale() < -MAX_DIGITS
          ? OptionalLong.empty()
          : OptionalLong.of(value.longValueExact());
    } catch (ArithmeticException | NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
