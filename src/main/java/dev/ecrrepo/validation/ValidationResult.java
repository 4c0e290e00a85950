package dev.ecrrepo.validation;

import dev.ecrrepo.document.Fault;
import java.util.List;

/// What came of a document that was checked against its schema.
///
/// @param faults of single values: nobody can say more about them
/// @param mismatches strings that do not match their pattern. Their values are kept: a reader of
///   their meaning may explain better what is wrong with them
public record ValidationResult(CheckedObject values, List<Fault> faults, List<Fault> mismatches) {
  public ValidationResult {
    faults = List.copyOf(faults);
    mismatches = List.copyOf(mismatches);
  }

  public boolean passed() {
    return faults.isEmpty() && mismatches.isEmpty();
  }
}
