package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What ECR accepts as a lifecycle policy document: the shape, then what the rules owe each other.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
final class PolicyGrammar {

  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html. The
  /// minimum of 100 characters is below the shortest policy that has a rule.
  static final int MAX_LENGTH = 30_720;

  /// https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
  static final int MAX_RULES = 50;

  private final List<Fault> faults;

  private PolicyGrammar(List<Fault> faults) {
    this.faults = faults;
  }

  /// The document with its integers as numbers; nothing where there is a fault.
  static Optional<JsonObject> read(Json document, JsonPath at, List<Fault> faults) {
    int before = faults.size();
    // Two numbers of each rule may be strings here; ECR gets them without their quotes.
    checkLength(document.toString().length() - 4 * MAX_RULES, at, faults);
    if (faults.size() > before) {
      return Optional.empty();
    }
    JsonObject normal = new PolicyGrammar(faults).policy(document, at);
    if (faults.size() == before) {
      checkLength(normal.toString().length(), at, faults);
    }
    return faults.size() == before ? Optional.of(normal) : Optional.empty();
  }

  private static void checkLength(int length, JsonPath at, List<Fault> faults) {
    if (length > MAX_LENGTH) {
      faults.add(
          Fault.at(
              at,
              "has " + length + " characters, ECR takes at most " + MAX_LENGTH,
              "Shorten descriptions, or let a pattern with * stand for several tags."));
    }
  }

  private JsonObject policy(Json document, JsonPath at) {
    if (document instanceof JsonString(String text) && text.stripLeading().startsWith("{")) {
      fault(
          at,
          "is JSON text inside JSON text",
          "Remove the outer quotes, and the backslashes before the inner ones.");
      return JsonObject.EMPTY;
    }
    if (!(document instanceof JsonObject object)) {
      fault(
          at,
          "is " + document.kind() + ", not an object",
          "Write an object whose one key rules has a list of rules.");
      return JsonObject.EMPTY;
    }
    for (String key : object.members().keySet()) {
      if (!key.equals("rules")) {
        fault(at.member(key), "is not a key of a lifecycle policy", "Remove it; the key is rules.");
      }
    }
    JsonPath rulesAt = at.member("rules");
    List<Json> rules = List.of();
    switch (object.get("rules").orElse(null)) {
      case null -> fault(at, "has no rules", "Add the key rules with a list of rules.");
      case JsonArray(List<Json> elements) when elements.isEmpty() ->
          fault(rulesAt, "is empty", "Add a rule, or remove LifecyclePolicy.");
      case JsonArray(List<Json> elements) -> rules = elements;
      case Json other ->
          fault(rulesAt, "is " + other.kind() + ", not a list", "Write a list of rules.");
    }
    if (rules.size() > MAX_RULES) {
      fault(
          rulesAt,
          "has " + rules.size() + " rules, ECR takes at most " + MAX_RULES,
          "Let a pattern with * stand for several tags.");
      return object;
    }
    List<RuleGrammar> read = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      read.add(RuleGrammar.read(rules.get(i), rulesAt.element(i), faults));
    }
    checkPriorities(read);
    checkOnePerStorageClass(read);
    Map<String, Json> normal = new LinkedHashMap<>(object.members());
    normal.put("rules", Json.array(read.stream().map(RuleGrammar::normal).toList()));
    return new JsonObject(normal);
  }

  private void checkPriorities(List<RuleGrammar> rules) {
    Map<Integer, RuleGrammar> firsts = new HashMap<>();
    for (RuleGrammar rule : rules) {
      rule.priority()
          .ifPresent(priority -> {
            RuleGrammar first = firsts.putIfAbsent(priority, rule);
            if (first != null) {
              fault(
                  rule.at().member("rulePriority"),
                  priority + " is the priority of " + last(first.at()) + " as well",
                  "Give each rule another number.");
            }
          });
    }
  }

  /// ECR: in a storage class one rule for untagged images, one for any image, which comes last, and
  /// no two rules for the same tag prefixes.
  private void checkOnePerStorageClass(List<RuleGrammar> rules) {
    Map<Object, RuleGrammar> firsts = new HashMap<>();
    Map<String, Integer> lowest = new HashMap<>();
    for (RuleGrammar rule : rules) {
      rule.priority()
          .filter(_ -> !rule.unique().equals(Optional.of("any")))
          .ifPresent(p -> lowest.merge(rule.storageClass(), p, Math::max));
    }
    for (RuleGrammar rule : rules) {
      if (rule.unique().isEmpty()) {
        continue;
      }
      Object images = rule.unique().get();
      RuleGrammar first = firsts.putIfAbsent(List.of(rule.storageClass(), images), rule);
      if (first != null) {
        fault(
            rule.at().member("selection"),
            "selects the same images as "
                + last(first.at())
                + ", ECR takes one such rule for a storage class",
            "Remove one of the two rules.");
      } else if (images.equals("any")
          && rule.priority()
              .filter(p -> p < lowest.getOrDefault(rule.storageClass(), 0))
              .isPresent()) {
        fault(
            rule.at().member("rulePriority"),
            rule.priority().get()
                + " is before another rule, but a rule for any image comes last"
                + " in its storage class",
            "Write a number above " + lowest.get(rule.storageClass()) + ".");
      }
    }
  }

  /// `rules[2]` of a long path.
  private static String last(JsonPath path) {
    return path.text().substring(path.text().lastIndexOf("rules["));
  }

  private void fault(JsonPath path, String problem, String remedy) {
    faults.add(Fault.at(path, problem, remedy));
  }
}
