package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One list out of the faults that the schema and the rules beyond it found: without those that
/// only follow from others, in the order of the template.
///
/// The time is in proportion to the number of faults and to the size of the template.
final class FaultOrder {

  private FaultOrder() {}

  /// At most [Fault#ENOUGH] faults.
  ///
  /// @param joint what readers found who know the meaning: at a place that the schema refused, and
  ///   above and below it, they only guess; at a place that it is vague about they know better
  static List<Fault> merge(JsonObject document, SchemaCheck check, List<Fault> joint) {
    Places refused = Places.of(check.faults());
    Places vague = Places.of(check.vague());
    Set<Fault> all = new LinkedHashSet<>(check.faults());
    joint.stream()
        .filter(fault -> !refused.isRelated(fault.path()) && !vague.isAboveOrBelow(fault.path()))
        .limit(Fault.ENOUGH)
        .forEach(all::add);
    Set<JsonPath> explained = joint.stream().map(Fault::path).collect(Collectors.toSet());
    check.vague().stream().filter(fault -> !explained.contains(fault.path())).forEach(all::add);
    return inOrderOf(document, all).stream().limit(Fault.ENOUGH).toList();
  }

  private static List<Fault> inOrderOf(JsonObject document, Set<Fault> faults) {
    Map<JsonPath, List<Integer>> places = new HashMap<>();
    faults.forEach(fault -> places.computeIfAbsent(fault.path(), path -> path.placesIn(document)));
    List<Fault> sorted = new ArrayList<>(faults);
    sorted.sort(
        Comparator.comparing(fault -> places.get(fault.path()), FaultOrder::compareInOrder));
    return Collections.unmodifiableList(sorted);
  }

  /// What is around a value comes before it.
  private static int compareInOrder(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  /// The places of some faults, and every place around those.
  private record Places(Set<JsonPath> own, Set<JsonPath> around) {

    static Places of(List<Fault> faults) {
      Places places = new Places(new HashSet<>(), new HashSet<>());
      for (Fault fault : faults) {
        places.own.add(fault.path());
        Optional<JsonPath> outer = fault.path().parent();
        while (outer.isPresent() && places.around.add(outer.get())) {
          outer = outer.get().parent();
        }
      }
      return places;
    }

    boolean isRelated(JsonPath path) {
      return own.contains(path) || isAboveOrBelow(path);
    }

    /// The root is around everything, and says nothing about it.
    boolean isAboveOrBelow(JsonPath path) {
      boolean above = around.contains(path) && path.parent().isPresent();
      Optional<JsonPath> outer = path.parent();
      while (!above && outer.isPresent() && !own.contains(outer.get())) {
        outer = outer.get().parent();
      }
      return above || outer.isPresent();
    }
  }
}
