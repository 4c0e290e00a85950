package dev.ecrrepo.schema;

import java.text.Normalizer;
import java.util.Locale;

/// Tag keys that no author may state: those of AWS, and the provider's own, which say who owns a
/// repository.
///
/// IAM compares the tag keys of conditions case-insensitively. Blanks around a key and characters
/// that Unicode takes for the same letters, such as full-width ones, are reserved with it: people
/// could not tell such a key from the provider's own.
public final class ReservedTagKeys {

  private static final String AWS = "aws:";
  private static final String OURS = "ecrrepo:";

  private ReservedTagKeys() {}

  public static boolean isAws(String key) {
    return key.regionMatches(true, 0, AWS, 0, AWS.length());
  }

  public static boolean isOurs(String key) {
    boolean ascii = key.chars().allMatch(c -> c < 128);
    // The JDK's tables for it are large, and no key of plain letters needs them.
    String plain = ascii ? key : Normalizer.normalize(key, Normalizer.Form.NFKC);
    return plain.strip().toLowerCase(Locale.ROOT).startsWith(OURS);
  }
}
