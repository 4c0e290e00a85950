package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonSyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What ECR would do with images under a policy text, by the rules that AWS publishes:
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
///
/// It reads the text and knows nothing of the code that wrote it.
final class LifecycleEvaluator {

  /// Names of images.
  record Outcome(Set<String> expired, Set<String> archived) {}

  private record Rule(
      long priority,
      String tagStatus,
      List<Pattern> tags,
      boolean forArchived,
      String countType,
      long count,
      boolean expires) {

    boolean identifies(Image image) {
      return image.archived().isPresent() == forArchived
          && switch (tagStatus) {
            case "any" -> true;
            case "untagged" -> image.tags().isEmpty();
            default ->
                !image.tags().isEmpty()
                    && tags.stream()
                        .allMatch(
                            tag -> image.tags().stream().anyMatch(t -> tag.matcher(t).matches()));
          };
    }

    List<Image> wouldTake(List<Image> identified, Instant now) {
      Instant limit = now.minus(Duration.ofDays(count));
      return switch (countType) {
        case "imageCountMoreThan" ->
            identified.stream()
                .sorted(Comparator.comparing(Image::since).reversed())
                .skip(count)
                .toList();
        case "sinceImagePushed" ->
            identified.stream().filter(image -> image.since().isBefore(limit)).toList();
        case "sinceImagePulled" ->
            identified.stream()
                .filter(image -> image.pulled().orElse(image.since()).isBefore(limit))
                .toList();
        case "sinceImageTransitioned" ->
            identified.stream()
                .filter(image -> image.archived().orElseThrow().isBefore(limit))
                .toList();
        default -> throw new AssertionError(countType);
      };
    }
  }

  private final List<Rule> rules;

  LifecycleEvaluator(String policyText) {
    try {
      rules =
          array(object(Json.parse(policyText)), "rules").stream()
              .map(rule -> rule(object(rule)))
              .sorted(Comparator.comparingLong(Rule::priority))
              .toList();
    } catch (JsonSyntaxException e) {
      throw new AssertionError(policyText, e);
    }
  }

  /// All rules look at all images; then, by priority, each takes what no earlier rule has
  /// identified.
  Outcome evaluate(List<Image> images, Instant now) {
    Set<String> expired = new TreeSet<>();
    Set<String> archived = new TreeSet<>();
    Set<String> identifiedBefore = new HashSet<>();
    for (Rule rule : rules) {
      List<Image> identified = images.stream().filter(rule::identifies).toList();
      for (Image image : rule.wouldTake(identified, now)) {
        if (!identifiedBefore.contains(image.name())) {
          (rule.expires() ? expired : archived).add(image.name());
        }
      }
      identified.forEach(image -> identifiedBefore.add(image.name()));
    }
    Set<String> indexes = new HashSet<>();
    images.forEach(image -> indexes.add(image.name()));
    for (Image image : images) {
      if (image.index().filter(indexes::contains).isPresent()) {
        expired.remove(image.name());
        archived.remove(image.name());
      }
    }
    return new Outcome(expired, archived);
  }

  private static Rule rule(JsonObject rule) {
    JsonObject selection = object(rule.get("selection").orElseThrow());
    List<Pattern> tags =
        selection.get("tagPatternList").isPresent()
            ? array(selection, "tagPatternList").stream().map(p -> pattern(text(p))).toList()
            : selection.get("tagPrefixList").isPresent()
                ? array(selection, "tagPrefixList").stream()
                    .map(p -> Pattern.compile(Pattern.quote(text(p)) + ".*"))
                    .toList()
                : List.of();
    return new Rule(
        number(rule, "rulePriority"),
        selection.string("tagStatus").orElseThrow(),
        tags,
        selection.string("storageClass").equals(Optional.of("archive")),
        selection.string("countType").orElseThrow(),
        number(selection, "countNumber"),
        object(rule.get("action").orElseThrow()).string("type").orElseThrow().equals("expire"));
  }

  private static Pattern pattern(String wildcards) {
    return Pattern.compile("\\Q" + wildcards.replace("*", "\\E.*\\Q") + "\\E");
  }

  private static JsonObject object(Json json) {
    return (JsonObject) json;
  }

  private static List<Json> array(JsonObject object, String key) {
    return ((JsonArray) object.get(key).orElseThrow()).elements();
  }

  private static String text(Json json) {
    return ((JsonString) json).value();
  }

  private static long number(JsonObject object, String key) {
    return Long.parseLong(object.get(key).orElseThrow().toString());
  }
}
