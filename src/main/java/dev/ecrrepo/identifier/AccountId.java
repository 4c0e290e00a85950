package dev.ecrrepo.identifier;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An AWS account ID: 12 digits, as text because it may begin with 0. Recognizes what YAML makes of
/// an ID without quotes: a floating point number, or if it begins with 0, an octal number or a
/// number without the zeros.
public final class AccountId {

  private static final int DIGITS = 12;
  private static final Pattern FLOAT =
      Pattern.compile("[0-9](?:\\.[0-9]{1,11}+)?+[eE]\\+?+1?[0-9]|[0-9]{9,12}+\\.0");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}+");

  private AccountId() {}

  public static boolean isValid(String text) {
    return text.length() == DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// Whether somebody probably meant one: digits, or a number that YAML made of them.
  public static boolean looksLikeOne(String text) {
    return NUMBER.matcher(text).matches() || FLOAT.matcher(text).matches();
  }

  /// What is wrong with a text that is none.
  public static Fault fault(String value, JsonPath path) {
    String quoted = Fault.quote(value);
    if (FLOAT.matcher(value).matches()) {
      String id = padded(new BigDecimal(value).toBigInteger().toString());
      if (id.length() == DIGITS) {
        return Fault.at(
            path,
            value + " is what YAML makes of the account ID " + id + " without quotes",
            quoteIt(id));
      }
    }
    Optional<String> account = Arn.parse(value).map(Arn::account).filter(AccountId::isValid);
    if (account.isPresent()) {
      return Fault.at(path, quoted + " is an ARN, not an account ID", write(account.get()));
    }
    if (NUMBER.matcher(value).matches()) {
      return miscounted(value, path);
    }
    String digits = value.replaceAll("[\\s-]", "");
    return Fault.at(
        path,
        quoted + " is not an account ID of 12 digits",
        isValid(digits) ? write(digits) : "Write the 12 digits in quotes: \"111122223333\".");
  }

  private static Fault miscounted(String value, JsonPath path) {
    String problem =
        Fault.quote(value)
            + " has "
            + value.length()
            + (value.length() == 1 ? " digit" : " digits")
            + "; an account ID has "
            + DIGITS;
    List<String> ids = withLeadingZero(value);
    return Fault.at(
        path,
        problem,
        ids.isEmpty()
            ? "Write all 12 digits in quotes: \"111122223333\"."
            : "If "
                + String.join(" or ", ids)
                + " is meant, write it in quotes, because YAML changes a number that begins with 0"
                + (ids.size() == 1 ? ": \"" + ids.getFirst() + "\"." : "."));
  }

  /// The IDs with leading zeros that YAML would turn into this number: as an octal number, or
  /// without the zeros. More than two leading zeros are more likely missing digits.
  private static List<String> withLeadingZero(String value) {
    // Twelve or more digits lack none. Under six are more likely a typing error.
    if (value.length() > DIGITS - 1 || value.length() < DIGITS / 2) {
      return List.of();
    }
    String octal = padded(Long.toOctalString(Long.parseLong(value)));
    Stream<String> asOctal = Stream.of(octal).filter(id -> isValid(id) && id.startsWith("0"));
    Stream<String> withoutZeros =
        Stream.of(padded(value)).filter(_ -> value.length() >= DIGITS - 2);
    return Stream.concat(asOctal, withoutZeros).toList();
  }

  private static String padded(String digits) {
    return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
  }

  private static String write(String id) {
    return "Write \"" + id + "\".";
  }

  private static String quoteIt(String id) {
    return "Write it in quotes: \"" + id + "\".";
  }
}
