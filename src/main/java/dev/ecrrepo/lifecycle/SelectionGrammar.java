package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What ECR accepts as the selection of a rule: which images, and up to which limit.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
///
/// @param countType empty where it is not readable
/// @param unique see [RuleGrammar]
record SelectionGrammar(String storageClass, String countType, Optional<Object> unique) {

  static final List<String> KEYS =
      List.of(
          "tagStatus",
          "tagPrefixList",
          "tagPatternList",
          "storageClass",
          "countType",
          "countUnit",
          "countNumber");
  static final String PULLED = "sinceImagePulled";
  static final String ARCHIVED = "sinceImageTransitioned";
  private static final String PUSHED = "sinceImagePushed";
  private static final String COUNT = "imageCountMoreThan";

  static SelectionGrammar read(Members selection, List<Fault> faults) {
    String status = selection.requiredWord("tagStatus", "tagged", "untagged", "any").orElse("");
    Optional<Object> unique = tags(selection, status, faults);
    String storage = selection.word("storageClass", "standard", "archive").orElse("standard");
    String countType =
        selection.requiredWord("countType", COUNT, PUSHED, PULLED, ARCHIVED).orElse("");
    boolean archived = countType.equals(ARCHIVED);
    int least = archived ? Limit.DaysSinceArchived.MINIMUM : 1;
    selection.number("countNumber", least, "an integer from " + least);
    switch (countType) {
      case "" -> {}
      case COUNT -> {
        if (selection.has("countUnit")) {
          selection.fault("countUnit", "does not go with the countType " + COUNT, "Remove it.");
        }
      }
      default -> selection.requiredWord("countUnit", "days");
    }
    if (archived && storage.equals("standard")) {
      selection.fault(
          "countType", ARCHIVED + " is only for archived images", "Add the storageClass archive.");
    }
    if (!archived && !countType.isEmpty() && storage.equals("archive")) {
      selection.fault(
          "countType",
          countType + " is not for archived images",
          "Write " + ARCHIVED + ", or remove the storageClass.");
    }
    return new SelectionGrammar(storage, countType, unique);
  }

  private static Optional<Object> tags(Members selection, String status, List<Fault> faults) {
    boolean prefixes = selection.has("tagPrefixList");
    boolean patterns = selection.has("tagPatternList");
    if (status.equals("tagged") && !prefixes && !patterns) {
      selection.fault(
          "has the tagStatus tagged and no tags",
          "Add tagPatternList with a list of patterns such as \"v*\", or tagPrefixList.");
    }
    if (prefixes && patterns) {
      selection.fault(
          "has both tagPrefixList and tagPatternList",
          "Keep one of the two; every prefix can be written as a pattern (\"v\" is \"v*\").");
    }
    for (String list : List.of("tagPrefixList", "tagPatternList")) {
      if (selection.has(list) && (status.equals("untagged") || status.equals("any"))) {
        selection.fault(
            list,
            "does not go with the tagStatus " + status,
            "Remove it, or write tagged as the tagStatus.");
      }
      selection.get(list).ifPresent(value -> checkList(value, selection.path(list), faults));
    }
    return switch (status) {
      case "untagged", "any" -> Optional.of(status);
      case "tagged" ->
          patterns
              ? Optional.empty()
              : selection
                  .get("tagPrefixList")
                  .map(value -> value instanceof JsonArray(var list) ? new HashSet<>(list) : value);
      default -> Optional.empty();
    };
  }

  private static void checkList(Json value, JsonPath at, List<Fault> faults) {
    if (!(value instanceof JsonArray(List<Json> elements)) || elements.isEmpty()) {
      String problem =
          value instanceof JsonArray ? "is empty" : "is " + value.kind() + ", not a list";
      faults.add(Fault.at(at, problem, "Write a list of at least one string."));
      return;
    }
    for (int i = 0; i < elements.size() && !Fault.enough(faults); i++) {
      JsonPath place = at.element(i);
      if (elements.get(i) instanceof JsonString(String text)) {
        if (at.text().endsWith("tagPatternList")) {
          TagPattern.checkWildcards(text, place, faults);
        }
      } else {
        String problem = "is " + elements.get(i).kind() + ", not a string";
        faults.add(Fault.at(place, problem, "Write a string."));
      }
    }
  }
}
