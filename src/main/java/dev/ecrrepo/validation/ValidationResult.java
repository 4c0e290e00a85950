package dev.ecrrepo.validation;

import dev.ecrrepo.document.Fault;
import java.util.List;

/// What came of a document that was checked against its schema.
///
/// @param faults final: no reader says more about these values
/// @param patternFaults of strings that do not match their pattern. `values` has these strings, so
///   that a reader can say better what is wrong with them
public record ValidationResult(
    CheckedObject values, List<Fault> faults, List<Fault> patternFaults) {
  public ValidationResult {
    faults = List.copyOf(faults);
    patternFaults = List.copyOf(patternFaults);
  }

  public boolean passed() {
    return faults.isEmpty() && patternFaults.isEmpty();
  }
}
