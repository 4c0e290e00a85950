package dev.ecrrepo.wording;

import dev.ecrrepo.document.Characters;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.UnresolvedReference;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Finds mistakes that can occur in the text of any property: a reference that CloudFormation did
/// not resolve, an invisible character, a space around the value.
public final class MistypedText {

  /// No property accepts a longer text.
  private static final int MAX_LENGTH = 3_000;

  private static final Pattern FUNCTION =
      Pattern.compile(
          "!(?:Ref|Sub|GetAtt|ImportValue|Join|Select|Split|If|FindInMap|Base64|Cidr|GetAZs|Transform)\\s.++");

  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
  private static final Pattern PSEUDO_PARAMETER =
      Pattern.compile(
          "AWS::(?:AccountId|Partition|Region|StackId|StackName|URLSuffix|NoValue|NotificationARNs)");

  /// A value that the remedy shows without quotes.
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z_]++|[0-9]{1,9}+");

  private MistypedText() {}

  /// @param accepts whether a text is valid in this place
  /// @return nothing if the text is valid, or wrong in another way
  public static Optional<Fault> explain(String text, JsonPath path, Predicate<String> accepts) {
    if (text.length() > MAX_LENGTH || accepts.test(text)) {
      return Optional.empty();
    }
    Optional<Fault> reference = reference(text, path);
    if (reference.isPresent()) {
      return reference;
    }
    String cleaned = cleaned(text);
    return cleaned.equals(text) || cleaned.isEmpty() || !accepts.test(cleaned)
        ? Optional.empty()
        : Optional.of(
            Fault.at(
                path,
                Quotation.of(Json.of(text), path) + unwantedCharacter(text),
                Quotation.isConfidential(path)
                    ? "Remove it."
                    : "Write "
                        + (NEEDS_NO_QUOTES.matcher(cleaned).matches()
                            ? cleaned
                            : Fault.quote(cleaned))
                        + "."));
  }

  /// A reference that arrived as text.
  private static Optional<Fault> reference(String text, JsonPath path) {
    String quoted = Quotation.of(Json.of(text), path);
    if (text.contains("{{resolve:")) {
      return Optional.of(
          Fault.at(
              path,
              quoted + "is " + UnresolvedReference.DYNAMIC.statement(),
              UnresolvedReference.DYNAMIC.remedy() + ", or write the value itself."));
    }
    if (PSEUDO_PARAMETER.matcher(text).matches()) {
      return Optional.of(
          Fault.at(path, quoted + "is text, not a reference", "Write !Ref " + text + "."));
    }
    if (FUNCTION.matcher(text).matches()) {
      return Optional.of(
          Fault.at(path, quoted + "is text, not a reference", "Remove the quotes around it."));
    }
    return text.contains("${")
        ? Optional.of(
            Fault.at(
                path,
                quoted + "has " + UnresolvedReference.SUBSTITUTION.statement(),
                UnresolvedReference.SUBSTITUTION.remedy() + "."))
        : Optional.empty();
  }

  /// Without invisible characters, and without spaces around it.
  private static String cleaned(String text) {
    StringBuilder cleaned = new StringBuilder();
    text.codePoints().filter(c -> !Characters.isInvisible(c)).forEach(cleaned::appendCodePoint);
    return cleaned.toString().strip();
  }

  /// The first invisible character, or else the space around the value, and where it is.
  private static String unwantedCharacter(String text) {
    int unwanted = text.codePoints().filter(Characters::isInvisible).findFirst().orElse(' ');
    int at = text.indexOf(unwanted);
    if (unwanted == ' ' && !text.startsWith(" ")) {
      at = text.length() - 1;
    }
    String name = Characters.name(unwanted);
    if (text.substring(0, at).isBlank()) {
      return "begins with " + name;
    }
    boolean atEnd = text.substring(at + Character.charCount(unwanted)).isBlank();
    return (atEnd ? "ends with " : "contains ") + name;
  }
}
