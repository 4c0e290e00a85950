package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import java.util.List;

/// The result of reading a template's properties.
public sealed interface ReadResult {

  /// They have no fault.
  ///
  /// @param overridden lifecycle properties that are stated but have no effect, because
  ///   `LifecyclePolicy` is stated too
  record Desired(DesiredRepository repository, List<String> overridden) implements ReadResult {
    public Desired {
      overridden = List.copyOf(overridden);
    }
  }

  /// They have these faults, in the order of the template.
  record Faulty(List<Fault> faults) implements ReadResult {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }
}
