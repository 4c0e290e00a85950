package dev.ecrrepo.policy;

import java.util.Locale;

/// A condition operator in its parts: `ForAnyValue:StringLikeIfExists`. IAM minds no letter case.
///
/// @param set how the values of a key that has several count
/// @param base without them, in lower case
/// @param ifExists true where the key is absent
record ConditionOperator(Quantifier set, String base, boolean ifExists) {

  enum Quantifier {
    NONE,
    /// True too where the key is absent.
    ALL,
    ANY
  }

  private static final String ALL = "forallvalues:";
  private static final String ANY = "foranyvalue:";
  private static final String IF_EXISTS = "ifexists";

  static ConditionOperator of(String written) {
    String text = written.toLowerCase(Locale.ROOT);
    Quantifier set =
        text.startsWith(ALL)
            ? Quantifier.ALL
            : text.startsWith(ANY) ? Quantifier.ANY : Quantifier.NONE;
    String rest =
        switch (set) {
          case ALL -> text.substring(ALL.length());
          case ANY -> text.substring(ANY.length());
          case NONE -> text;
        };
    boolean ifExists = rest.endsWith(IF_EXISTS);
    return new ConditionOperator(
        set, ifExists ? rest.substring(0, rest.length() - IF_EXISTS.length()) : rest, ifExists);
  }
}
