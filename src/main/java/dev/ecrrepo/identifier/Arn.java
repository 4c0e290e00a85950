package dev.ecrrepo.identifier;

import dev.ecrrepo.document.Ascii;
import java.util.Optional;

/// An Amazon Resource Name in its parts: `arn:partition:service:region:account:resource`.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
///
/// @param region empty for global services; not checked, so it can have a wildcard; likewise the
///   account
public record Arn(
    String partition, String service, String region, String account, String resource) {

  /// IAM's own bound.
  private static final int MAX_LENGTH = 2048;

  private static final int PARTS = 6;

  public static Optional<Arn> parse(String text) {
    String[] parts = text.length() > MAX_LENGTH ? new String[0] : text.split(":", PARTS);
    return parts.length == PARTS
            && parts[0].equals("arn")
            && isName(parts[1])
            && isName(parts[2])
            && !parts[5].isEmpty()
        ? Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]))
        : Optional.empty();
  }

  /// Whether the Region is one, and not a wildcard; empty where the service is global.
  public boolean hasPlainRegion() {
    return region.isEmpty() || isName(region);
  }

  static boolean isName(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> Ascii.isLowerCaseOrDigit(c) || c == '-');
  }
}
