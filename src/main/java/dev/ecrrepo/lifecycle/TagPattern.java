package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which tags are meant, in ECR's own notation: `*` stands for any characters, also none; there is
/// no other wildcard.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html#lp_tag_pattern_list
public record TagPattern(String text) {

  /// More of them in one pattern ECR refuses.
  static final int MAX_WILDCARDS = 4;

  /// Whatever matches this pattern matches its simplest form, and the other way round: two patterns
  /// that differ only in repeated `*` select the same tags.
  String simplest() {
    String simplest = text;
    while (simplest.contains("**")) {
      simplest = simplest.replace("**", "*");
    }
    return simplest;
  }

  static Optional<TagPattern> read(Json value, JsonPath at, List<Fault> faults) {
    int before = faults.size();
    Optional<String> text = tagText(value, at, "a tag pattern such as \"v*\"", true, faults);
    text.ifPresent(pattern -> checkWildcards(pattern, at, faults));
    return faults.size() == before ? text.map(TagPattern::new) : Optional.empty();
  }

  static void checkWildcards(String pattern, JsonPath at, List<Fault> faults) {
    long wildcards = pattern.chars().filter(c -> c == '*').count();
    if (wildcards > MAX_WILDCARDS) {
      faults.add(
          Fault.at(
              at,
              Fault.quote(pattern)
                  + " has "
                  + wildcards
                  + " wildcards, ECR accepts at most "
                  + MAX_WILDCARDS,
              "Leave some of the * out."));
    }
  }

  /// The beginning of a tag, which takes no wildcard.
  static Optional<String> readPrefix(Json value, JsonPath at, List<Fault> faults) {
    return tagText(value, at, "the beginning of a tag such as \"prod\"", false, faults);
  }

  /// A rule for tags that no image can have would protect or expire nothing, silently: a whole
  /// image name or a regular expression in place of a tag is therefore a fault, though ECR takes
  /// it.
  private static Optional<String> tagText(
      Json value, JsonPath at, String wanted, boolean wildcards, List<Fault> faults) {
    if (!(value instanceof JsonString(String text))) {
      faults.add(Fault.at(at, "is " + value.kind() + ", not a string", "Write " + wanted + "."));
      return Optional.empty();
    }
    if (text.isEmpty()) {
      faults.add(Fault.at(at, "is empty", "Write " + wanted + ", or remove this element."));
      return Optional.empty();
    }
    int odd = 0;
    while (odd < text.length() && isTagCharacter(text.charAt(odd), wildcards)) {
      odd++;
    }
    if (odd == text.length()) {
      return Optional.of(text);
    }
    boolean star = text.charAt(odd) == '*';
    faults.add(
        Fault.at(
            at,
            Fault.quote(text)
                + (star
                    ? " has a wildcard, a prefix takes none"
                    : " contains "
                        + Fault.quote(text.substring(odd, odd + 1))
                        + ", which no image tag can have"),
            star
                ? "Write the beginning of the tag alone, or use TagPatternList."
                : "Write " + wanted + ": letters, digits, '.', '_' and '-'."));
    return Optional.empty();
  }

  private static boolean isTagCharacter(char c, boolean wildcards) {
    return switch (c) {
      case '.', '_', '-' -> true;
      case '*' -> wildcards;
      default -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
  }

  /// Each element that is a pattern, with its place.
  static List<Placed> readAll(Json value, JsonPath at, List<Fault> faults) {
    List<Placed> patterns = new ArrayList<>();
    List<Json> elements = elements(value, at, faults);
    for (int i = 0; i < elements.size() && !Fault.enough(faults); i++) {
      JsonPath place = at.element(i);
      read(elements.get(i), place, faults)
          .ifPresent(pattern -> patterns.add(new Placed(place, pattern)));
    }
    return patterns;
  }

  /// The elements of a list; anything else is a fault.
  static List<Json> elements(Json value, JsonPath at, List<Fault> faults) {
    if (value instanceof JsonArray(List<Json> elements)) {
      return elements;
    }
    faults.add(Fault.at(at, "is " + value.kind() + ", not a list", "Write a list."));
    return List.of();
  }

  /// A pattern and where the author wrote it.
  record Placed(JsonPath at, TagPattern pattern) {}
}
