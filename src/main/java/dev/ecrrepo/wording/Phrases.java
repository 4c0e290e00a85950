package dev.ecrrepo.wording;

import java.util.Collection;
import java.util.List;

/// Lists and numbers in the sentences of faults.
public final class Phrases {

  private Phrases() {}

  /// `A, B and C`, where `and` is the conjunction.
  public static String listed(Collection<String> names, String conjunction) {
    List<String> all = List.copyOf(names);
    int last = all.size() - 1;
    return switch (all.size()) {
      case 0 -> "";
      case 1 -> all.getFirst();
      default -> String.join(", ", all.subList(0, last)) + " " + conjunction + " " + all.get(last);
    };
  }

  /// `1 element`, `2 elements`.
  public static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
