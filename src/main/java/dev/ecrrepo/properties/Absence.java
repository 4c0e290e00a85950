package dev.ecrrepo.properties;

/// Whether a place in the properties may also hold nothing, and how its author says so.
enum Absence {
  REQUIRED("", ""),
  OPTIONAL(", or remove the property", ", or AWS::NoValue to leave the property out"),
  ELEMENT(", or remove the element", ", or remove the element");

  private final String insteadOfNull;
  private final String insteadOfNothing;

  Absence(String insteadOfNull, String insteadOfNothing) {
    this.insteadOfNull = insteadOfNull;
    this.insteadOfNothing = insteadOfNothing;
  }

  /// The second half of a remedy for `null`.
  String insteadOfNull() {
    return insteadOfNull;
  }

  /// The second half of a remedy for an empty string, which conditions and parameters leave.
  String insteadOfNothing() {
    return insteadOfNothing;
  }
}
