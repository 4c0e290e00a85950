package dev.ecrrepo.lifecycle;

import dev.ecrrepo.lifecycle.ARealisticYear.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Four panels, one for each profile: the images of each kind, stacked, over a year.
final class ProfilePicture {

  private static final int WIDTH = 300;
  private static final int HEIGHT = 150;
  private static final int STEP_DAYS = 3;

  private record Band(Kind kind, String label, String colour) {}

  /// From the bottom up.
  private static final List<Band> BANDS =
      List.of(
          new Band(Kind.RELEASE, "releases (release*)", "#1b4965"),
          new Band(Kind.VERSION, "versions (v*)", "#3d8fb0"),
          new Band(Kind.BUILD, "builds (main-*)", "#9fd3e6"),
          new Band(Kind.UNTAGGED, "untagged", "#e0a458"));

  private record Panel(ProfileRules profile, String title, String promise) {}

  private static final List<Panel> PANELS =
      List.of(
          new Panel(ProfileRules.PRODUCTION, "Production", "untagged: 14 days"),
          new Panel(ProfileRules.DEVELOPMENT, "Development", "everything: 14 days"),
          new Panel(
              ProfileRules.SHARED_REGISTRY,
              "SharedRegistry",
              "10 v*, 10 release*, untagged: 14 days"),
          new Panel(ProfileRules.NATIVE, "Native", "everything stays"));

  private ProfilePicture() {}

  static String draw() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 500" role="img" \
        font-family="system-ui, sans-serif" font-size="12" fill="#333">
        <title>Images in the repository over a year, under each profile</title>
        <rect width="760" height="500" rx="6" fill="#fff"/>
        """);
    for (int i = 0; i < PANELS.size(); i++) {
      panel(svg, PANELS.get(i), 50 + i % 2 * 365, 50 + i / 2 * 215);
    }
    int x = 50;
    for (Band band : BANDS) {
      svg.append(
          "<rect x=\"%d\" y=\"472\" width=\"12\" height=\"12\" fill=\"%s\"/><text x=\"%d\" y=\"482\">%s</text>\n"
              .formatted(x, band.colour(), x + 17, band.label()));
      x += 150;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void panel(StringBuilder svg, Panel panel, int x, int y) {
    List<Map<Kind, Integer>> year = ARealisticYear.under(panel.profile());
    svg.append("<g transform=\"translate(%d %d)\">\n".formatted(x, y));
    svg.append(
        "<text y=\"-12\"><tspan font-size=\"14\" font-weight=\"bold\">%s</tspan><tspan dx=\"8\">%s</tspan></text>\n"
            .formatted(panel.title(), panel.promise()));
    for (int images = 0; images <= ARealisticYear.IMAGES; images += 100) {
      svg.append(
          "<path d=\"M0 %1$sH%2$d\" stroke=\"#ddd\"/><text x=\"-6\" y=\"%3$s\" text-anchor=\"end\">%4$d</text>\n"
              .formatted(height(images), WIDTH, height(images) + 4, images));
    }
    for (int month = 0; month <= 12; month += 3) {
      svg.append(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
              .formatted(
                  month * WIDTH / 12, HEIGHT + 17, month == 0 ? "start" : month + " months"));
    }
    List<String> floor = line(year, 0);
    for (int band = 0; band < BANDS.size(); band++) {
      List<String> ceiling = line(year, band + 1);
      List<String> outline = new ArrayList<>(ceiling);
      Collections.reverse(floor);
      outline.addAll(floor);
      svg.append(
          "<polygon fill=\"%s\" points=\"%s\"/>\n"
              .formatted(BANDS.get(band).colour(), String.join(" ", outline)));
      floor = ceiling;
    }
    int total = year.getLast().values().stream().mapToInt(Integer::intValue).sum();
    svg.append(
        "<text x=\"%d\" y=\"%s\" font-weight=\"bold\">%d</text>\n</g>\n"
            .formatted(WIDTH + 5, height(total) + 4, total));
  }

  /// The upper edge of the lowest bands, this many.
  private static List<String> line(List<Map<Kind, Integer>> year, int bands) {
    List<String> points = new ArrayList<>(List.of("0," + HEIGHT));
    for (int day = STEP_DAYS; day <= ARealisticYear.DAYS; day += STEP_DAYS) {
      Map<Kind, Integer> counts = year.get(day - 1);
      int images = BANDS.subList(0, bands).stream().mapToInt(b -> counts.get(b.kind())).sum();
      points.add(day * WIDTH / ARealisticYear.DAYS + "," + height(images));
    }
    return points;
  }

  private static double height(int images) {
    return HEIGHT - images * (double) HEIGHT / ARealisticYear.IMAGES;
  }
}
