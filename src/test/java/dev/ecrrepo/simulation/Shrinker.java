package dev.ecrrepo.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes a history that violates an invariant shorter, while it still violates the same.
final class Shrinker {

  private Shrinker() {}

  static List<Step> shrink(List<Step> steps, Invariant invariant) {
    List<Step> best = steps;
    boolean better = true;
    while (better) {
      better = false;
      for (List<Step> candidate : candidates(best)) {
        if (violates(candidate, invariant)) {
          best = candidate;
          better = true;
          break;
        }
      }
    }
    return best;
  }

  static boolean violates(List<Step> steps, Invariant invariant) {
    try {
      return History.play(steps).violations().stream().anyMatch(v -> v.invariant() == invariant);
    } catch (IllegalStateException _) {
      return false;
    }
  }

  /// Each a little simpler.
  private static List<List<Step>> candidates(List<Step> steps) {
    List<List<Step>> simpler = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      List<Step> without = new ArrayList<>(steps);
      without.remove(i);
      simpler.add(without);
    }
    for (int i = 0; i < steps.size(); i++) {
      for (Step easier : easier(steps.get(i))) {
        List<Step> with = new ArrayList<>(steps);
        with.set(i, easier);
        simpler.add(with);
      }
    }
    return simpler;
  }

  private static List<Step> easier(Step step) {
    List<Step> easier = new ArrayList<>();
    switch (step) {
      case Step.Deploy d -> {
        for (int i = 0; i < d.troubles().size(); i++) {
          List<Trouble> fewer = new ArrayList<>(d.troubles());
          fewer.remove(i);
          easier.add(d.with(fewer));
        }
        if (!d.retained().isEmpty()) {
          easier.add(d.retaining(Set.of()));
        }
        if (d.siblingFails()) {
          easier.add(d.failing(false).cancelledAfter(-1));
        }
        if (d.cancelAfter() >= 0) {
          easier.add(d.cancelledAfter(-1));
        }
        if (d.atOnce()) {
          easier.add(d.atOnce(false));
        }
        if (!d.dated()) {
          easier.add(d.dated(true));
        }
        if (d.beforeRollback().isPresent()) {
          easier.add(d.operatedBeforeRollback(Optional.empty()));
        }
        if (d.seed() != 1) {
          easier.add(d.seeded(1));
        }
        templates(d.template()).forEach(template -> easier.add(d.withTemplate(template)));
      }
      case Step.DeleteStack d -> {
        if (!d.troubles().isEmpty()) {
          easier.add(new Step.DeleteStack(d.stack(), List.of(), d.seed()));
        }
      }
      default -> {}
    }
    return easier;
  }

  /// With a resource or a property less.
  private static List<Map<String, String>> templates(Map<String, String> template) {
    List<Map<String, String>> fewer = new ArrayList<>();
    template.forEach((id, text) -> {
      if (template.size() > 1) {
        Map<String, String> without = new LinkedHashMap<>(template);
        without.remove(id);
        fewer.add(without);
      }
      if (Meaning.parsed(text.replace('\'', '"'))
          instanceof dev.ecrrepo.document.Json.JsonObject properties) {
        properties
            .members()
            .keySet()
            .forEach(property -> {
              Map<String, dev.ecrrepo.document.Json> rest =
                  new LinkedHashMap<>(properties.members());
              rest.remove(property);
              Map<String, String> with = new LinkedHashMap<>(template);
              with.put(id, dev.ecrrepo.document.Json.object(rest).toString().replace('"', '\''));
              fewer.add(with);
            });
      }
    });
    return fewer;
  }
}
