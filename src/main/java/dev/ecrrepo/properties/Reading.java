package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import java.util.List;

/// What reading a template's properties came to.
public sealed interface Reading {

  /// They are sound.
  ///
  /// @param overridden lifecycle properties that are stated but have no effect, because
  ///   `LifecyclePolicy` is stated too
  record Desired(DesiredRepository repository, List<String> overridden) implements Reading {
    public Desired {
      overridden = List.copyOf(overridden);
    }
  }

  /// They are not; every fault, in the order of the template.
  record Faulty(List<Fault> faults) implements Reading {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }
}
