package dev.ecrrepo.repository;

import java.util.Locale;
import java.util.regex.Pattern;

/// Names of repositories. The schema has the same rule for the names that authors state; here it
/// applies to generated names, prefixes and physical IDs.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
public final class RepositoryName {

  private static final int MAX_LENGTH = 256;
  private static final int HASH_LENGTH = 12;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final String PATH_COMPONENT = "[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+";
  private static final Pattern NAME =
      Pattern.compile(PATH_COMPONENT + "(?:/" + PATH_COMPONENT + ")*+");

  private RepositoryName() {}

  /// Whether ECR's API takes it: 2 to 256 characters, ECR's pattern.
  public static boolean isValid(String name) {
    return name.length() >= 2 && name.length() <= MAX_LENGTH && NAME.matcher(name).matches();
  }

  /// The name for a template without RepositoryName: prefix, stack name, logical ID, and a hash of
  /// both IDs, so that any delivery of any of its requests computes the same one. The part after
  /// the prefix never has two hyphens in a row, which an older pattern of ECR refuses.
  ///
  /// @param prefix the guardrail's; at most 128 characters, valid as a beginning
  public static String generate(String prefix, StackResource owner) {
    String readable =
        (owner.stackName() + "-" + owner.logicalId())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]++", "-")
            .replaceAll("^-", "");
    int room = MAX_LENGTH - prefix.length() - 1 - HASH_LENGTH;
    String cut = readable.length() > room ? readable.substring(0, room) : readable;
    return prefix + cut.replaceAll("-$", "") + "-" + hash(owner);
  }

  /// Whether it ends as every generated name of this resource does, whatever its prefix was.
  public static boolean isGenerated(String name, StackResource owner) {
    return name.endsWith("-" + hash(owner));
  }

  private static String hash(StackResource owner) {
    byte[] digest = Digest.bytes(owner.stackId() + "|" + owner.logicalId());
    StringBuilder letters = new StringBuilder(HASH_LENGTH);
    for (int i = 0; i < HASH_LENGTH; i++) {
      letters.append(BASE32.charAt(digest[i] & 31));
    }
    return letters.toString();
  }
}
