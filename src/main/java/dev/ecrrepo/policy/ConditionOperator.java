package dev.ecrrepo.policy;

import java.util.Locale;

/// A condition operator in its parts: `ForAnyValue:StringLikeIfExists`. IAM compares the names of
/// operators case-insensitively.
///
/// @param quantifier how many values of a key with several values must match
/// @param base the operator without both, in lower case
/// @param ifExists whether the condition is also met if the key is absent
record ConditionOperator(Quantifier quantifier, String base, boolean ifExists) {

  enum Quantifier {
    NONE(""),
    /// The condition is also met if the key is absent.
    ALL("ForAllValues:"),
    ANY("ForAnyValue:");

    private final String prefix;

    Quantifier(String prefix) {
      this.prefix = prefix;
    }

    /// As it is written before the operator: `ForAnyValue:`, or nothing.
    String prefix() {
      return prefix;
    }

    private static Quantifier of(String written) {
      return startsWith(written, ALL) ? ALL : startsWith(written, ANY) ? ANY : NONE;
    }

    private static boolean startsWith(String written, Quantifier quantifier) {
      return written.regionMatches(true, 0, quantifier.prefix, 0, quantifier.prefix.length());
    }
  }

  static final String IF_EXISTS = "IfExists";

  static ConditionOperator of(String written) {
    Quantifier quantifier = Quantifier.of(written);
    String rest = written.substring(quantifier.prefix().length());
    boolean ifExists = endsWithIfExists(rest);
    String base = ifExists ? rest.substring(0, rest.length() - IF_EXISTS.length()) : rest;
    return new ConditionOperator(quantifier, base.toLowerCase(Locale.ROOT), ifExists);
  }

  private static boolean endsWithIfExists(String text) {
    int start = text.length() - IF_EXISTS.length();
    return start >= 0 && text.regionMatches(true, start, IF_EXISTS, 0, IF_EXISTS.length());
  }
}
