package dev.ecrrepo.wording;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// The known name that a misspelt one probably means.
public final class SpellingSuggestion {

  /// Longer than any name.
  private static final int MAX_LENGTH = 100;

  /// One wrong letter in this many letters: `RepositoryTags` is not a misspelt `RepositoryName`.
  private static final int SURE = 6;

  private SpellingSuggestion() {}

  /// Empty if nothing is near: a wrong guess would mislead the author.
  public static Optional<String> of(String written, Collection<String> known) {
    if (written.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String lower = written.toLowerCase(Locale.ROOT);
    String best = "";
    int least = 1 + Math.clamp(written.length() / SURE, 1, 3);
    for (String name : known) {
      if (Math.abs(name.length() - written.length()) >= least) {
        continue; // at least so many letters to insert or drop
      }
      int distance = distance(lower, name.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /// Letters to insert, drop, replace or swap with their neighbour.
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
