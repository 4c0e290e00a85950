package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.CanonicalJson;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonSyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A lifecycle policy document.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
public record LifecyclePolicy(JsonObject document) {

  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html. The
  /// minimum of 100 characters is below the shortest policy that has a rule.
  static final int MAX_LENGTH = 30_720;

  /// https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
  static final int MAX_RULES = 50;

  /// As it is sent to ECR.
  public String text() {
    return document.toString();
  }

  /// A policy that ECR returned. A text that is not JSON equals no other policy.
  public static LifecyclePolicy live(String text) {
    return parsed(text)
        .orElseGet(() -> new LifecyclePolicy(Json.object(Map.of("unreadable", Json.of(text)))));
  }

  /// A policy in properties of any age, as an object or as JSON text, unchecked.
  static Optional<LifecyclePolicy> readUnchecked(Json objectOrText) {
    return switch (objectOrText) {
      case JsonObject object -> Optional.of(new LifecyclePolicy(object));
      case JsonString(String text) -> parsed(text);
      default -> Optional.empty();
    };
  }

  private static Optional<LifecyclePolicy> parsed(String text) {
    try {
      return Json.parse(text) instanceof JsonObject object
          ? Optional.of(new LifecyclePolicy(object))
          : Optional.empty();
    } catch (JsonSyntaxException _) {
      return Optional.empty();
    }
  }

  /// Whether both have the same meaning. A prefix and the pattern of the same tags (`v` and `v*`)
  /// count as different.
  public boolean sameAs(LifecyclePolicy live) {
    return document.equals(live.document) || normalForm().equals(live.normalForm());
  }

  /// Equal only for two policies of the same meaning: see [#sameAs].
  public Json normalForm() {
    return meaning(document);
  }

  /// A form that is equal for policies of the same meaning: keys sorted, rules in the order of
  /// their priority, the default storage class written out, tag lists as sets. Whatever is unknown
  /// stays in it and makes a difference.
  private static Json meaning(Json policy) {
    Json sorted = CanonicalJson.sortKeys(policy);
    if (!(sorted instanceof JsonObject(Map<String, Json> members))
        || !(members.get("rules") instanceof JsonArray(List<Json> rules))) {
      return sorted;
    }
    Map<String, Json> meaning = new TreeMap<>(members);
    meaning.put(
        "rules",
        Json.array(
            rules.stream()
                .map(LifecyclePolicy::ruleMeaning)
                .sorted(Comparator.comparingLong(LifecyclePolicy::priority))
                .toList()));
    return Json.object(meaning);
  }

  private static Json ruleMeaning(Json rule) {
    if (!(rule instanceof JsonObject(Map<String, Json> members))
        || !(members.get("selection") instanceof JsonObject(Map<String, Json> selected))) {
      return rule;
    }
    Map<String, Json> selection = new TreeMap<>(selected);
    selection.putIfAbsent("storageClass", Json.of("standard"));
    selection.computeIfPresent("tagPrefixList", (_, list) -> CanonicalJson.asSet(list));
    selection.computeIfPresent("tagPatternList", (_, list) -> CanonicalJson.asSet(list));
    selection.computeIfPresent("countNumber", (_, count) -> number(count));
    Map<String, Json> meaning = new TreeMap<>(members);
    meaning.computeIfPresent("rulePriority", (_, priority) -> number(priority));
    meaning.put("selection", Json.object(selection));
    return Json.object(meaning);
  }

  /// CloudFormation delivers a number as a string.
  private static Json number(Json value) {
    return value instanceof JsonString(String digits) ? new JsonNumber(digits) : value;
  }

  /// Rules without a readable priority go first, in their order.
  private static long priority(Json rule) {
    return rule instanceof JsonObject object
        ? object.get("rulePriority").map(LifecyclePolicy::integer).orElse(-1L)
        : -1;
  }

  /// -1 for what is not an integer.
  private static long integer(Json value) {
    try {
      return number(value) instanceof JsonNumber(String text) ? Long.parseLong(text) : -1;
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// A rule that expires images other than untagged ones.
  ///
  /// @param name for people: its place, and its description if it has one
  /// @param byCount whether it counts images; else it counts days
  /// @param limit -1 if it cannot be read
  public record ExpiringRule(String name, boolean byCount, long limit) {}

  /// Its rules that expire tagged images, or all.
  public List<ExpiringRule> expiringRules() {
    List<ExpiringRule> expiring = new ArrayList<>();
    if (document.get("rules").orElse(null) instanceof JsonArray(List<Json> rules)) {
      for (int i = 0; i < rules.size(); i++) {
        if (rules.get(i) instanceof JsonObject rule) {
          expiring(rule, i + 1).ifPresent(expiring::add);
        }
      }
    }
    return expiring;
  }

  private static Optional<ExpiringRule> expiring(JsonObject rule, int place) {
    JsonObject action = object(rule, "action");
    JsonObject selection = object(rule, "selection");
    if (action.string("type").filter("transition"::equals).isPresent()
        || selection.string("tagStatus").filter("untagged"::equals).isPresent()) {
      return Optional.empty();
    }
    String name =
        "rule "
            + place
            + rule.string("description").map(words -> " (\"" + words + "\")").orElse("");
    boolean byCount =
        selection.string("countType").filter("imageCountMoreThan"::equals).isPresent();
    long limit = selection.get("countNumber").map(LifecyclePolicy::integer).orElse(-1L);
    return Optional.of(new ExpiringRule(name, byCount, limit));
  }

  private static JsonObject object(JsonObject of, String member) {
    return of.get(member).orElse(null) instanceof JsonObject object ? object : JsonObject.EMPTY;
  }
}
