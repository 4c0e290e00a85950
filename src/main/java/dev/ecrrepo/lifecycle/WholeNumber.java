package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import java.util.List;
import java.util.Optional;

/// Counts and days. CloudFormation hands every scalar over as a string, so `"14"` is read like
/// `14`; anything that would have to be rounded or guessed is a fault.
final class WholeNumber {

  private static final String FITS = ", the most that fits";

  private WholeNumber() {}

  /// @param least the smallest value that ECR accepts here
  /// @param wanted what to write, for the remedy: `a number of days such as 14`
  static Optional<Integer> read(
      Json value, JsonPath at, int least, String wanted, List<Fault> faults) {
    Optional<String> text =
        switch (value) {
          case JsonNumber(String number) -> Optional.of(number);
          case JsonString(String string) -> Optional.of(string);
          default -> Optional.empty();
        };
    String problem =
        text.map(digits -> problem(digits, least))
            .orElseGet(() -> "is " + value.kind() + ", not an integer");
    if (problem.isEmpty()) {
      return text.map(Integer::valueOf);
    }
    String remedy = problem.endsWith(FITS) ? "Write a smaller number." : "Write " + wanted + ".";
    faults.add(Fault.at(at, problem, remedy));
    return Optional.empty();
  }

  private static String problem(String text, int least) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    boolean integer =
        !digits.isEmpty()
            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && (digits.length() == 1 || digits.charAt(0) != '0');
    if (!integer) {
      return Fault.quote(text) + " is not an integer";
    }
    boolean negative = digits.length() < text.length();
    boolean huge = digits.length() > 10 || Long.parseLong(digits) > Integer.MAX_VALUE;
    if (negative || (!huge && Integer.parseInt(digits) < least)) {
      return Fault.quote(text) + " is less than " + least + ", the least that ECR accepts";
    }
    if (huge) {
      return Fault.quote(text) + " is more than " + Integer.MAX_VALUE + FITS;
    }
    return "";
  }
}
