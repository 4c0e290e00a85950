package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.policy.AccountId;
import java.util.Optional;
import java.util.regex.Pattern;

/// What exactly is wrong with a string that does not match its pattern, where more can be said than
/// that.
final class Explanations {

  private static final Pattern REFERENCE = Pattern.compile("\\{\\{resolve:.*+|.*?\\$\\{.*+");

  private Explanations() {}

  /// @param definition the schema's name for this kind of string
  static Optional<Fault> explain(String definition, String value, JsonPath path) {
    return switch (definition) {
      case "RepositoryName" -> Optional.of(WrongRepositoryName.fault(value, path));
      case "AccountId" -> accountId(value, path);
      case "TagKey" -> reservedKey(value, path);
      case "TagPattern" -> stars(value, 4, path);
      case "TagFilter" -> stars(value, 2, path);
      case "KmsKey" -> kmsKey(value, path);
      default -> Optional.empty();
    };
  }

  private static Optional<Fault> accountId(String value, JsonPath path) {
    // What reads Access knows where else in it such a value belongs.
    return path.text().startsWith("Access.")
        ? Optional.empty()
        : Optional.of(AccountId.fault(value, path));
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
