package dev.ecrrepo.lifecycle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A year of a team that pushes 300 images: builds of the main branch, every second week or so a
/// version, each month a release, and builds whose tag moved on.
final class ARealisticYear {

  static final int IMAGES = 300;
  static final int DAYS = 365;

  enum Kind {
    RELEASE("release-"),
    VERSION("v1."),
    BUILD("main-"),
    UNTAGGED("");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    private static Kind of(int number) {
      return number % 25 == 24
          ? RELEASE
          : number % 12 == 7 ? VERSION : number % 4 == 1 ? UNTAGGED : BUILD;
    }
  }

  private ARealisticYear() {}

  /// @return for each day the number of images of each kind that can be pulled at its end
  static List<Map<Kind, Integer>> under(ProfileRules profile) {
    RepositoryLife life = new RepositoryLife(StatedLifecycle.policy(profile, "{}"));
    List<Map<Kind, Integer>> days = new ArrayList<>();
    int pushed = 0;
    for (int day = 1; day <= DAYS; day++) {
      for (; pushed < IMAGES * day / DAYS; pushed++) {
        Kind kind = Kind.of(pushed);
        String name = kind + " " + pushed;
        if (kind == Kind.UNTAGGED) {
          life.push(name);
        } else {
          life.push(name, kind.prefix + pushed);
        }
      }
      life.days(1);
      days.add(count(life.live()));
    }
    return days;
  }

  private static Map<Kind, Integer> count(List<String> names) {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(kind, 0);
    }
    names.forEach(name -> counts.merge(Kind.valueOf(name.split(" ")[0]), 1, Integer::sum));
    return counts;
  }
}
