package dev.ecrrepo.wording;

/// Whether a place in the properties may also hold nothing, and how its author says so.
public enum Optionality {
  REQUIRED("", ""),
  OPTIONAL(", or remove the property", ", or AWS::NoValue to leave the property out"),
  ELEMENT(", or remove the element", ", or remove the element");

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
