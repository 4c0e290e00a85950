package dev.ecrrepo.properties;

import dev.ecrrepo.access.AccountId;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import java.util.Optional;

/// What exactly is wrong with a string that does not match its pattern, where more can be said than
/// that.
final class Explanations {

  private static final int STARS = 4;

  private Explanations() {}

  /// @param definition the schema's name for this kind of string
  static Optional<Fault> explain(String definition, String value, JsonPath path) {
    return switch (definition) {
      case "RepositoryName" -> Optional.of(WrongRepositoryName.fault(value, path));
      case "AccountId" -> accountId(value, path);
      case "TagKey" -> reservedKey(value, path);
      case "TagPattern" -> stars(value, path);
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

  private static Optional<Fault> stars(String pattern, JsonPath path) {
    long count = pattern.chars().filter(c -> c == '*').count();
    return count <= STARS
        ? Optional.empty()
        : Optional.of(
            Fault.at(
                path,
                Fault.quote(pattern) + " has " + count + " *, at most " + STARS + " are allowed",
                "Remove " + (count - STARS) + "."));
  }
}
