package dev.ecrrepo.validation;

import dev.ecrrepo.document.Fault;
import java.util.List;

/// A value that was read from a document, and what is wrong with the document.
///
/// @param value without what is faulty
public record Decoded<T>(T value, List<Fault> faults) {
  public Decoded {
    faults = List.copyOf(faults);
  }

  /// Adds the faults to those of other values.
  ///
  /// @return the value
  public T addFaultsTo(List<Fault> others) {
    others.addAll(faults);
    return value;
  }
}
