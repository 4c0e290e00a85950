package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.schema.ReservedTagKeys;
import java.util.Optional;

/// What exactly is wrong with a string that does not match its pattern, where more can be said than
/// that.
final class PatternExplanations {

  private PatternExplanations() {}

  /// @param definition the schema's name for this kind of string
  static Optional<Fault> explain(String definition, String value, JsonPath path) {
    return switch (definition) {
      case "RepositoryName" -> Optional.of(WrongRepositoryName.fault(value, path));
      case "TagKey" -> reservedKey(value, path);
      case "TagPattern" -> tooManyWildcards(value, 4, path).or(() -> tagPattern(value, path));
      case "TagPrefix" -> tagPrefix(value, path);
      case "TagFilter" -> tooManyWildcards(value, 2, path);
      case "EcrTagPattern" -> tooManyWildcards(value, 4, path);
      default -> Optional.empty();
    };
  }

  private static Optional<Fault> reservedKey(String key, JsonPath path) {
    String owner =
        ReservedTagKeys.isAws(key)
            ? "AWS"
            : ReservedTagKeys.isOurs(key) ? "the provider of this resource" : "";
    return owner.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Fault.at(
                path,
                Fault.quote(key) + " begins with a prefix that is reserved for " + owner,
                "Write another key."));
  }

  private static Optional<Fault> tooManyWildcards(String pattern, int most, JsonPath path) {
    long count = pattern.chars().filter(c -> c == '*').count();
    return count <= most
        ? Optional.empty()
        : Optional.of(
            Fault.at(
                path,
                Fault.quote(pattern)
                    + " has "
                    + count
                    + " wildcards (*); at most "
                    + most
                    + " are allowed",
                count == most + 1 ? "Remove one." : "Remove " + (count - most) + "."));
  }

  private static Optional<Fault> tagPattern(String pattern, JsonPath path) {
    return noTagCharacter(
        pattern,
        "._-*",
        "a tag pattern such as \"v*\": letters, digits, '.', '_', '-' and at most four '*'",
        path);
  }

  private static Optional<Fault> tagPrefix(String prefix, JsonPath path) {
    int index = firstOther(prefix, "._-");
    return index >= 0 && prefix.charAt(index) == '*'
        ? Optional.of(
            Fault.at(
                path,
                Fault.quote(prefix) + " has a wildcard, and a prefix has none",
                "Write the beginning of the tag alone, or use TagPatternList."))
        : noTagCharacter(
            prefix,
            "._-",
            "the beginning of a tag such as \"prod\": letters, digits, '.', '_' and '-'",
            path);
  }

  /// A rule for tags that no image can have would protect or expire nothing, and nobody would
  /// notice. So a whole image name or a regular expression in place of a tag is a fault, though ECR
  /// accepts it.
  private static Optional<Fault> noTagCharacter(
      String text, String marks, String wanted, JsonPath path) {
    int index = firstOther(text, marks);
    return index < 0
        ? Optional.empty()
        : Optional.of(
            Fault.at(
                path,
                Fault.quote(text)
                    + " contains "
                    + Fault.quote(text.substring(index, index + 1))
                    + ", which no image tag can have",
                "Write " + wanted + "."));
  }

  /// The position of the first character that is neither an ASCII letter, nor a digit, nor one of
  /// the marks; -1 if there is none.
  private static int firstOther(String text, String marks) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c < 128 && Character.isLetterOrDigit(c);
      if (!plain && marks.indexOf(c) < 0) {
        return i;
      }
    }
    return -1;
  }
}
