package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.lifecycle.Limit.DaysSinceArchived;
import dev.ecrrepo.lifecycle.Limit.DaysSincePull;
import dev.ecrrepo.lifecycle.Limit.DaysSincePush;
import dev.ecrrepo.lifecycle.Limit.NewestImages;
import dev.ecrrepo.lifecycle.Selection.AnyImage;
import dev.ecrrepo.lifecycle.Selection.Patterns;
import dev.ecrrepo.lifecycle.Selection.Prefixes;
import dev.ecrrepo.lifecycle.Selection.Untagged;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One rule of a lifecycle policy, without its priority.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
///
/// @param description the author's; without one the rule describes itself
/// @param storageClass [StorageClass#ARCHIVE] with [DaysSinceArchived], and only then
/// @param action [Action#ARCHIVE] with [DaysSincePull]; never with [DaysSinceArchived]
public record LifecycleRule(
    Optional<String> description,
    Selection selection,
    StorageClass storageClass,
    Limit limit,
    Action action) {

  /// More images than a repository can hold. A rule with this count never expires an image, and ECR
  /// applies no later rule to the images that it selects.
  private static final int KEEP_ALL_COUNT = 999_999;

  /// A hundred years. It keeps archived images, for which ECR has no limit by count.
  private static final int KEEP_FOREVER_DAYS = 36_500;

  static LifecycleRule expire(Selection selection, Limit limit) {
    return new LifecycleRule(
        Optional.empty(), selection, StorageClass.STANDARD, limit, Action.EXPIRE);
  }

  /// A rule that keeps its images. ECR has no action for that, so it is a rule that expires none.
  static LifecycleRule keep(Selection selection, StorageClass storageClass) {
    Limit limit =
        switch (storageClass) {
          case STANDARD -> new NewestImages(KEEP_ALL_COUNT);
          case ARCHIVE -> new DaysSinceArchived(KEEP_FOREVER_DAYS);
        };
    LifecycleRule rule =
        new LifecycleRule(Optional.empty(), selection, storageClass, limit, Action.EXPIRE);
    return new LifecycleRule(
        Optional.of("Keep " + rule.images()), selection, storageClass, limit, Action.EXPIRE);
  }

  /// The rule in ECR's JSON format. The standard storage class is ECR's default and left out, as in
  /// policies that are older than the archive.
  JsonObject json(int priority) {
    Map<String, Json> selected = new LinkedHashMap<>();
    switch (selection) {
      case AnyImage _ -> selected.put("tagStatus", Json.of("any"));
      case Untagged _ -> selected.put("tagStatus", Json.of("untagged"));
      case Prefixes(List<String> prefixes) -> {
        selected.put("tagStatus", Json.of("tagged"));
        selected.put("tagPrefixList", Json.strings(prefixes));
      }
      case Patterns(List<TagPattern> patterns) -> {
        selected.put("tagStatus", Json.of("tagged"));
        selected.put(
            "tagPatternList", Json.strings(patterns.stream().map(TagPattern::text).toList()));
      }
    }
    if (storageClass == StorageClass.ARCHIVE) {
      selected.put("storageClass", Json.of("archive"));
    }
    selected.put("countType", Json.of(limit.countType()));
    if (!(limit instanceof NewestImages)) {
      selected.put("countUnit", Json.of("days"));
    }
    selected.put("countNumber", Json.of(limit.number()));
    Map<String, Json> rule = new LinkedHashMap<>();
    rule.put("rulePriority", Json.of(priority));
    rule.put("description", Json.of(description.orElseGet(this::text)));
    rule.put("selection", Json.object(selected));
    rule.put(
        "action",
        switch (action) {
          case EXPIRE -> Json.object(Map.of("type", Json.of("expire")));
          case ARCHIVE -> {
            Map<String, Json> transition = new LinkedHashMap<>();
            transition.put("type", Json.of("transition"));
            transition.put("targetStorageClass", Json.of("archive"));
            yield Json.object(transition);
          }
        });
    return new JsonObject(rule);
  }

  /// For people: `Expire untagged images 14 days after push`.
  String text() {
    String images = images();
    String verb = action == Action.ARCHIVE ? "Archive " : "Expire ";
    return switch (limit) {
      case NewestImages(int count) ->
          verb + images + ", except the newest" + (count == 1 ? "" : " " + count);
      case DaysSincePush(int n) -> verb + images + " " + days(n) + " after push";
      case DaysSincePull(int n) -> verb + images + " " + days(n) + " after the last pull";
      case DaysSinceArchived(int n) -> verb + images + " " + days(n) + " after archiving";
    };
  }

  /// For people: `archived images tagged v*`.
  String images() {
    return (storageClass == StorageClass.ARCHIVE ? "archived " : "") + selection.text();
  }

  private static String days(int days) {
    return days == 1 ? "1 day" : days + " days";
  }
}
