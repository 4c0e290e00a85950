package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import java.util.List;
import java.util.Optional;

/// What ECR accepts as one rule of a lifecycle policy.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
///
/// @param at where the rule stands
/// @param normal the rule with its integers as numbers
/// @param storageClass in ECR's word
/// @param unique what only one rule of a storage class may select; absent where ECR does not care
record RuleGrammar(
    JsonPath at,
    Json normal,
    Optional<Integer> priority,
    String storageClass,
    Optional<Object> unique) {

  private static final List<String> RULE =
      List.of("rulePriority", "description", "selection", "action");
  private static final List<String> ACTION = List.of("type", "targetStorageClass");

  static RuleGrammar read(Json json, JsonPath at, List<Fault> faults) {
    Members rule = Members.of(json, at, RULE, faults);
    Optional<Integer> priority =
        rule.number("rulePriority", 1, "an integer from 1, another one in each rule");
    rule.get("description")
        .filter(text -> !(text instanceof JsonString))
        .ifPresent(other ->
            rule.fault("description", "is " + other.kind() + ", not a string", "Write a string."));
    Members selected = rule.part("selection", SelectionGrammar.KEYS);
    SelectionGrammar selection = SelectionGrammar.read(selected, faults);
    rule.put("selection", selected);
    checkAction(rule.part("action", ACTION), selection.countType());
    return new RuleGrammar(at, rule.json(), priority, selection.storageClass(), selection.unique());
  }

  private static void checkAction(Members action, String countType) {
    String type = action.requiredWord("type", "expire", "transition").orElse("");
    boolean target = action.word("targetStorageClass", "archive").isPresent();
    if (type.equals("transition") && !action.has("targetStorageClass")) {
      action.fault("says transition and not where to", "Add the targetStorageClass archive.");
    }
    if (type.equals("expire") && target) {
      action.fault(
          "targetStorageClass",
          "does not go with the type expire",
          "Remove it, or write transition as the type.");
    }
    if (type.equals("expire") && countType.equals(SelectionGrammar.PULLED)) {
      action.fault(
          "type",
          "is expire, but by its last pull ECR only archives an image",
          "Write transition with the targetStorageClass archive, and let a rule for "
              + SelectionGrammar.ARCHIVED
              + " expire what was archived; or use sinceImagePushed.");
    }
    if (type.equals("transition") && countType.equals(SelectionGrammar.ARCHIVED)) {
      action.fault(
          "type",
          "is transition, but "
              + SelectionGrammar.ARCHIVED
              + " is for images that are archived already",
          "Write expire.");
    }
  }
}
