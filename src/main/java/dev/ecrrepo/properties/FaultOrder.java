package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One list out of the faults that the schema and the rules beyond it found: without those that
/// only follow from others, in the order of the template.
final class FaultOrder {

  private final Map<String, Integer> places = new HashMap<>();

  private FaultOrder() {}

  /// @param joint what readers found who know the meaning: at a place that the schema refused, and
  ///   above and below it, they only guess; at a place that it is vague about they know better
  static List<Fault> merge(JsonObject document, SchemaCheck check, List<Fault> joint) {
    List<Fault> all = new ArrayList<>(check.faults());
    for (Fault fault : joint) {
      boolean guessed =
          Stream.concat(
                  check.faults().stream().filter(simple -> related(simple, fault)),
                  check.vague().stream()
                      .filter(vague -> related(vague, fault) && !vague.path().equals(fault.path())))
              .findAny()
              .isPresent();
      if (!guessed && !all.contains(fault)) {
        all.add(fault);
      }
    }
    for (Fault fault : check.vague()) {
      if (joint.stream().noneMatch(other -> other.path().equals(fault.path()))) {
        all.add(fault);
      }
    }
    FaultOrder order = new FaultOrder();
    order.number(document, JsonPath.ROOT);
    all.sort(Comparator.comparingInt(fault -> order.place(fault.path().text())));
    return all;
  }

  private static boolean related(Fault one, Fault other) {
    return one.path().equals(other.path())
        || within(one.path(), other.path())
        || within(other.path(), one.path());
  }

  /// Whether `inner` lies below `outer`.
  private static boolean within(JsonPath inner, JsonPath outer) {
    String text = inner.text();
    int length = outer.text().length();
    return text.length() > length
        && text.startsWith(outer.text())
        && (text.charAt(length) == '.' || text.charAt(length) == '[');
  }

  private void number(Json json, JsonPath path) {
    places.put(path.text(), places.size());
    switch (json) {
      case JsonObject(Map<String, Json> members) ->
          members.forEach((name, member) -> number(member, path.member(name)));
      case JsonArray(List<Json> elements) -> {
        for (int i = 0; i < elements.size(); i++) {
          number(elements.get(i), path.element(i));
        }
      }
      default -> {}
    }
  }

  /// The place of the path, or of the nearest value around it that the template has.
  private int place(String path) {
    String known = path;
    while (!places.containsKey(known)) {
      known =
          known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
    }
    return places.get(known);
  }
}
