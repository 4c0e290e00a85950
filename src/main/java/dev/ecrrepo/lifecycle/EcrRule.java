package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.Limit.DaysSinceArchived;
import dev.ecrrepo.lifecycle.RuleFault.Notation;
import dev.ecrrepo.lifecycle.StatedRule.TagStatus;
import dev.ecrrepo.validation.CheckedObject;
import dev.ecrrepo.validation.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a rule of ECR's own document.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
///
/// @param rule absent if anything in it is wrong
record EcrRule(JsonPath path, Optional<Integer> priority, Optional<SourcedRule> rule) {

  private static final List<String> TAG_LISTS = List.of("tagPrefixList", "tagPatternList");
  private static final RuleValidator VALIDATOR = new RuleValidator(Notation.ECR);

  static Decoded<EcrRule> read(CheckedObject rule) {
    CheckedObject selection = part(rule, "selection");
    CheckedObject action = part(rule, "action");
    StatedRule stated =
        new StatedRule(
            rule.path(),
            rule.isValid(),
            selection.text("tagStatus").map(TagStatus::of),
            selection.stated(TAG_LISTS),
            limit(selection),
            storageClass(selection),
            action.text("type").map(Action::of));
    List<Fault> faults = VALIDATOR.faults(stated);
    faults.addAll(limitFaults(selection));
    targetFault(action).ifPresent(faults::add);
    Optional<SourcedRule> read = Optional.empty();
    if (faults.isEmpty() && stated.schemaValid()) {
      List<String> tags = new ArrayList<>();
      for (String list : stated.tagLists()) {
        selection.texts(list).forEach(tag -> tags.add(tag.value()));
      }
      LifecycleRule whole = stated.rule(rule.text("description"), stated.selection(tags));
      read = Optional.of(new SourcedRule(rule.path(), whole));
    }
    return new Decoded<>(new EcrRule(rule.path(), rule.integer("rulePriority"), read), faults);
  }

  /// Without members if it is faulty.
  private static CheckedObject part(CheckedObject rule, String name) {
    return rule.object(name).orElseGet(() -> new CheckedObject(rule.path(name), JsonObject.EMPTY));
  }

  private static Optional<StorageClass> storageClass(CheckedObject selection) {
    return selection.states("storageClass")
        ? selection.text("storageClass").map(StorageClass::of)
        : Optional.of(StorageClass.STANDARD);
  }

  private static Optional<Limit> limit(CheckedObject selection) {
    Optional<Integer> number = selection.integer("countNumber");
    return selection.text("countType").flatMap(type -> number.map(known -> Limit.of(type, known)));
  }

  private static List<Fault> limitFaults(CheckedObject selection) {
    List<Fault> faults = new ArrayList<>();
    if (limit(selection).orElse(null) instanceof DaysSinceArchived(int days)
        && days < DaysSinceArchived.MINIMUM) {
      faults.add(
          Fault.at(
              selection.path("countNumber"),
              days
                  + " is too small; the minimum for archived images is "
                  + DaysSinceArchived.MINIMUM,
              "Write an integer of " + DaysSinceArchived.MINIMUM + " or more."));
    }
    String type = selection.text("countType").orElse("");
    boolean counts = type.equals("imageCountMoreThan");
    boolean unit = selection.states("countUnit");
    if (counts && unit) {
      faults.add(
          Fault.at(
              selection.path("countUnit"),
              "does not go with the countType imageCountMoreThan",
              "Remove it."));
    }
    if (!type.isEmpty() && !counts && !unit && selection.isValid()) {
      faults.add(Fault.at(selection.path(), "has no countUnit", "Add countUnit: days."));
    }
    return faults;
  }

  private static Optional<Fault> targetFault(CheckedObject action) {
    String type = action.text("type").orElse("");
    boolean target = action.states("targetStorageClass");
    if (type.equals("transition") && !target && action.isValid()) {
      return Optional.of(
          Fault.at(
              action.path(),
              "has the type transition, but no targetStorageClass",
              "Add targetStorageClass: archive."));
    }
    if (type.equals("expire") && action.text("targetStorageClass").isPresent()) {
      return Optional.of(
          Fault.at(
              action.path("targetStorageClass"),
              "does not go with the type expire",
              "Remove it, or write transition as the type."));
    }
    return Optional.empty();
  }
}
