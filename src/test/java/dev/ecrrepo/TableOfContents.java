package dev.ecrrepo;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The table of contents of a generated page: a link to each heading of the second level.
public final class TableOfContents {

  private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");

  private TableOfContents() {}

  /// The page with its table before the first of these headings.
  public static String addTo(String page) {
    String links =
        HEADING.matcher(page).results().map(TableOfContents::link).collect(Collectors.joining());
    int first = page.indexOf("\n## ");
    return page.substring(0, first) + "\n" + links + page.substring(first);
  }

  /// With the anchor that GitHub makes of a heading.
  private static String link(MatchResult heading) {
    String text = heading.group(1);
    String anchor =
        text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
    return "- [%s](#%s)\n".formatted(text, anchor);
  }
}
