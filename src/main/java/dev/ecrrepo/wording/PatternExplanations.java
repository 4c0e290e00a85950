package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.schema.ReservedTagKeys;
import java.util.Optional;
import java.util.regex.Pattern;

/// What exactly is wrong with a string that does not match its pattern, where more can be said than
/// that.
final class PatternExplanations {

  private static final Pattern REFERENCE = Pattern.compile("\\{\\{resolve:.*+|.*?\\$\\{.*+");

  private PatternExplanations() {}

  /// @param definition the schema's name for this kind of string
  static Optional<Fault> explain(String definition, String value, JsonPath path) {
    return switch (definition) {
      case "RepositoryName" -> Optional.of(WrongRepositoryName.fault(value, path));
      case "TagKey" -> reservedKey(value, path);
      case "TagPattern" ->
          stars(value, 4, path)
              .or(() -> noTagCharacter(value, "a tag pattern such as \"v*\"", path));
      case "TagPrefix" -> noTagCharacter(value, "the beginning of a tag such as \"prod\"", path);
      case "TagFilter" -> stars(value, 2, path);
      case "EcrTagPattern" -> stars(value, 4, path);
      case "KmsKey" -> kmsKey(value, path);
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

  private static Optional<Fault> stars(String pattern, int most, JsonPath path) {
    long count = pattern.chars().filter(c -> c == '*').count();
    return count <= most
        ? Optional.empty()
        : Optional.of(
            Fault.at(
                path,
                Fault.quote(pattern)
                    + " has "
                    + count
                    + " wildcards (*), at most "
                    + most
                    + " are allowed",
                count == most + 1 ? "Remove one." : "Remove " + (count - most) + "."));
  }

  /// A rule for tags that no image can have would protect or expire nothing, silently: a whole
  /// image name or a regular expression in place of a tag is therefore a fault, though ECR takes
  /// it.
  private static Optional<Fault> noTagCharacter(String text, String wanted, JsonPath path) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*' && wanted.startsWith("the beginning")) {
        return Optional.of(
            Fault.at(
                path,
                Fault.quote(text) + " has a wildcard, a prefix takes none",
                "Write the beginning of the tag alone, or use TagPatternList."));
      }
      if (c != '*' && !isTagCharacter(c)) {
        return Optional.of(
            Fault.at(
                path,
                Fault.quote(text)
                    + " contains "
                    + Fault.quote(text.substring(i, i + 1))
                    + ", which no image tag can have",
                "Write " + wanted + ": letters, digits, '.', '_' and '-'."));
      }
    }
    return Optional.empty();
  }

  private static boolean isTagCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "._-".indexOf(c) >= 0;
  }

  private static Optional<Fault> kmsKey(String key, JsonPath path) {
    return REFERENCE.matcher(key).matches()
        ? Optional.of(
            Fault.at(
                path,
                Fault.quote(key) + " is a reference that CloudFormation did not resolve",
                "Write the key itself, such as \"alias/my-key\", or use Ref, Fn::Sub or"
                    + " Fn::GetAtt."))
        : Optional.empty();
  }
}
