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
    NONE,
    /// The condition is also met if the key is absent.
    ALL,
    ANY
  }

  private static final String ALL = "forallvalues:";
  private static final String ANY = "foranyvalue:";
  private static final String IF_EXISTS = "ifexists";

  static ConditionOperator of(String written) {
    String text = written.toLowerCase(Locale.ROOT);
    Quantifier quantifier =
        text.startsWith(ALL)
            ? Quantifier.ALL
            : text.startsWith(ANY) ? Quantifier.ANY : Quantifier.NONE;
    String rest =
        switch (quantifier) {
          case ALL -> text.substring(ALL.length());
          case ANY -> text.substring(ANY.length());
          case NONE -> text;
        };
    boolean ifExists = rest.endsWith(IF_EXISTS);
    return new ConditionOperator(
        quantifier,
        ifExists ? rest.substring(0, rest.length() - IF_EXISTS.length()) : rest,
        ifExists);
  }
}
