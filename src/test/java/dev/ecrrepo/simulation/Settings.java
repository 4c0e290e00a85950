package dev.ecrrepo.simulation;

import java.util.Map;
import java.util.Set;

/// The operator's settings of the function, as they are at one time.
record Settings(Map<String, String> variables) {

  Settings {
    variables = Map.copyOf(variables);
  }

  boolean isSet(String variable) {
    return "true".equals(variables.get(variable));
  }

  /// The entries of a list; empty if the operator set none.
  Set<String> listed(String variable) {
    return variables.containsKey(variable) ? Set.of(variables.get(variable).split(",")) : Set.of();
  }
}
