package dev.ecrrepo.cloudformation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A stack's ARN in its parts: `arn:aws:cloudformation:eu-west-1:123456789012:stack/name/uuid`.
///
/// @param text the whole ARN, verbatim; two stacks of one name in succession differ only in
///   `unique`
public record StackId(
    String text, String partition, String region, String account, String name, String unique) {

  private static final Pattern ARN =
      Pattern.compile(
          "arn:([a-z0-9-]+):cloudformation:([a-z0-9-]+):(\\d{12}):stack/([A-Za-z0-9-]{1,128})/([^/]+)");

  public static Optional<StackId> parse(String text) {
    Matcher arn = ARN.matcher(text);
    return arn.matches()
        ? Optional.of(
            new StackId(text, arn.group(1), arn.group(2), arn.group(3), arn.group(4), arn.group(5)))
        : Optional.empty();
  }

  /// Same name, account and Region: since two living stacks cannot share these, at most one of the
  /// two still exists.
  public boolean succeeds(StackId other) {
    return !text.equals(other.text)
        && partition.equals(other.partition)
        && region.equals(other.region)
        && account.equals(other.account)
        && name.equals(other.name);
  }

  @Override
  public String toString() {
    return text;
  }
}
