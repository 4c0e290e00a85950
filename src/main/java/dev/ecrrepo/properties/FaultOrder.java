package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.validation.ValidationResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Merges the faults of the schema and those of the readers into one list, in the order of the
/// template.
///
/// The time is in proportion to the number of faults and to the size of the template.
final class FaultOrder {

  private FaultOrder() {}

  /// At most [Fault#MAX_FAULTS] faults. Where a string does not match its pattern, a reader's
  /// sentence replaces the schema's.
  static List<Fault> merge(JsonObject document, ValidationResult checked, List<Fault> readers) {
    Set<Fault> all = new LinkedHashSet<>(checked.faults());
    readers.stream().limit(Fault.MAX_FAULTS).forEach(all::add);
    Set<JsonPath> explained = readers.stream().map(Fault::path).collect(Collectors.toSet());
    checked.patternFaults().stream()
        .filter(fault -> !explained.contains(fault.path()))
        .forEach(all::add);
    return inOrderOf(document, all).stream().limit(Fault.MAX_FAULTS).toList();
  }

  private static List<Fault> inOrderOf(JsonObject document, Set<Fault> faults) {
    Map<JsonPath, List<Integer>> positions = new HashMap<>();
    faults.forEach(
        fault -> positions.computeIfAbsent(fault.path(), path -> path.positionsIn(document)));
    List<Fault> sorted = new ArrayList<>(faults);
    sorted.sort(
        Comparator.comparing(fault -> positions.get(fault.path()), FaultOrder::compareInOrder));
    return Collections.unmodifiableList(sorted);
  }

  /// An object or list comes before what it contains.
  private static int compareInOrder(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }
}
