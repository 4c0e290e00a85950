package dev.ecrrepo.wording;

/// Whether a value may be left out, and how its author does that.
public enum Optionality {
  REQUIRED("", ""),
  OPTIONAL(", or remove the property", ", or !Ref AWS::NoValue to leave the property out"),
  ELEMENT(
      ", or remove the element",
      ", or remove the element; an empty CommaDelimitedList parameter arrives as one empty element,"
          + " so leave the property out with Fn::If and AWS::NoValue");

  private final String insteadOfNull;
  private final String insteadOfNothing;

  Optionality(String insteadOfNull, String insteadOfNothing) {
    this.insteadOfNull = insteadOfNull;
    this.insteadOfNothing = insteadOfNothing;
  }

  /// The second half of a remedy for `null`.
  public String insteadOfNull() {
    return insteadOfNull;
  }

  /// The second half of a remedy for an empty string, which conditions and parameters leave.
  public String insteadOfNothing() {
    return insteadOfNothing;
  }
}
