package dev.ecrrepo.access;

import java.math.BigDecimal;
import java.util.Optional;

/// An AWS account ID: 12 digits, kept as text because it may begin with 0.
public final class AccountId {

  static final int DIGITS = 12;

  private AccountId() {}

  public static boolean isOne(String text) {
    return text.length() == DIGITS && isDigits(text);
  }

  /// The account ID that YAML made another number of, because it stood there without quotes:
  /// `1.11122223333E11`; a leading zero dropped; digits 0 to 7 after a leading zero read as octal.
  public static Optional<String> meantBy(String text) {
    if (text.length() > 1 && text.length() < DIGITS && isDigits(text) && text.charAt(0) != '0') {
      String octal = Long.toOctalString(Long.parseLong(text));
      return switch (text.length()) {
        case DIGITS - 1 -> Optional.of("0" + text);
        // Fewer octal digits would mean an ID with several leading zeros: rarer than a slip.
        default -> octal.length() == DIGITS - 1 ? Optional.of("0" + octal) : Optional.empty();
      };
    }
    if (!text.matches("[0-9.]{1,20}([eE]\\+?[0-9]{1,2})?|[0-9]{12}\\.0+")) {
      return Optional.empty();
    }
    try {
      String digits = new BigDecimal(text).toBigIntegerExact().toString();
      return isOne(digits) && !digits.equals(text) ? Optional.of(digits) : Optional.empty();
    } catch (ArithmeticException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
