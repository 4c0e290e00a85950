package dev.ecrrepo.identifier;

import dev.ecrrepo.document.Ascii;
import java.util.Optional;

/// A stack's ARN in its parts: `arn:aws:cloudformation:eu-west-1:123456789012:stack/name/uuid`.
///
/// @param text the whole ARN, verbatim; two stacks of one name in succession differ only in
///   `unique`
public record StackId(
    String text, String partition, String region, String account, String name, String unique) {

  public static Optional<StackId> parse(String text) {
    return Arn.parse(text)
        .filter(arn ->
            arn.service().equals("cloudformation")
                && Arn.isName(arn.region())
                && AccountId.isValid(arn.account()))
        .flatMap(arn -> ofResource(text, arn));
  }

  private static Optional<StackId> ofResource(String text, Arn arn) {
    String[] parts = arn.resource().split("/", -1);
    return parts.length == 3 && parts[0].equals("stack") && isName(parts[1]) && !parts[2].isEmpty()
        ? Optional.of(
            new StackId(text, arn.partition(), arn.region(), arn.account(), parts[1], parts[2]))
        : Optional.empty();
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= 128
        && text.chars().allMatch(c -> Ascii.isLetterOrDigit(c) || c == '-');
  }

  /// Whether these are different stacks of the same name, account and Region. At most one of them
  /// exists at a time.
  public boolean isNamesakeOf(StackId other) {
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
