package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.Limit.DaysSinceArchived;
import dev.ecrrepo.lifecycle.Limit.DaysSincePull;
import dev.ecrrepo.lifecycle.Limit.DaysSincePush;
import dev.ecrrepo.lifecycle.Limit.NewestImages;
import dev.ecrrepo.lifecycle.Selection.All;
import dev.ecrrepo.lifecycle.Selection.Patterns;
import dev.ecrrepo.lifecycle.Selection.Prefixes;
import dev.ecrrepo.lifecycle.Selection.Untagged;
import dev.ecrrepo.lifecycle.StatedRule.TagStatus;
import dev.ecrrepo.validation.CheckedObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads a rule of ECR's own document.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
///
/// @param rule absent if anything in it is wrong
record EcrRule(JsonPath path, Optional<Integer> priority, Optional<SourcedRule> rule) {

  private static final List<String> TAG_LISTS = List.of("tagPrefixList", "tagPatternList");
  private static final RuleValidator VALIDATOR = new RuleValidator(new EcrWording());

  static EcrRule read(CheckedObject rule, List<Fault> faults) {
    Optional<CheckedObject> selection = rule.object("selection");
    Optional<CheckedObject> action = rule.object("action");
    StatedRule stated =
        new StatedRule(
            rule.path(),
            rule.isSound(),
            selection.flatMap(s -> s.text("tagStatus")).map(TagStatus::of),
            selection.map(s -> s.stated(TAG_LISTS)).orElse(List.of()),
            selection.flatMap(EcrRule::limit),
            selection.flatMap(EcrRule::storageClass),
            action.flatMap(a -> a.text("type")).map(EcrRule::action));
    List<Fault> found = VALIDATOR.faults(stated);
    selection.ifPresent(s -> checkLimit(s, found));
    action.ifPresent(a -> checkTarget(a, found));
    faults.addAll(found);
    Optional<SourcedRule> read =
        found.isEmpty() && stated.complete()
            ? selection.map(s -> rule(s, stated)).map(r -> new SourcedRule(rule.path(), r))
            : Optional.empty();
    return new EcrRule(rule.path(), rule.integer("rulePriority"), read);
  }

  private static LifecycleRule rule(CheckedObject selection, StatedRule stated) {
    return new LifecycleRule(
        Optional.empty(),
        images(selection, stated.tagStatus().orElseThrow()),
        stated.storageClass().orElseThrow(),
        stated.limit().orElseThrow(),
        stated.action().orElseThrow());
  }

  private static Selection images(CheckedObject selection, TagStatus status) {
    return switch (status) {
      case ANY -> new All();
      case UNTAGGED -> new Untagged();
      case TAGGED ->
          selection.states("tagPatternList")
              ? new Patterns(
                  texts(selection, "tagPatternList").stream().map(TagPattern::new).toList())
              : new Prefixes(texts(selection, "tagPrefixList"));
    };
  }

  private static List<String> texts(CheckedObject selection, String list) {
    return selection.texts(list).stream().map(CheckedObject.Text::value).toList();
  }

  private static Action action(String type) {
    return type.equals("transition") ? Action.ARCHIVE : Action.EXPIRE;
  }

  private static Optional<StorageClass> storageClass(CheckedObject selection) {
    return selection.states("storageClass")
        ? selection
            .text("storageClass")
            .map(text -> StorageClass.valueOf(text.toUpperCase(Locale.ROOT)))
        : Optional.of(StorageClass.STANDARD);
  }

  private static Optional<Limit> limit(CheckedObject selection) {
    Optional<Integer> number = selection.integer("countNumber");
    return selection
        .text("countType")
        .flatMap(type ->
            number.map(n ->
                switch (type) {
                  case "imageCountMoreThan" -> new NewestImages(n);
                  case "sinceImagePushed" -> new DaysSincePush(n);
                  case "sinceImagePulled" -> new DaysSincePull(n);
                  default -> new DaysSinceArchived(n);
                }));
  }

  private static void checkLimit(CheckedObject selection, List<Fault> faults) {
    if (limit(selection).orElse(null) instanceof DaysSinceArchived(int days)
        && days < DaysSinceArchived.MINIMUM) {
      faults.add(
          Fault.at(
              selection.path("countNumber"),
              days + " is too small, the least for archived images is " + DaysSinceArchived.MINIMUM,
              "Write an integer from " + DaysSinceArchived.MINIMUM + "."));
    }
    boolean counts = selection.text("countType").equals(Optional.of("imageCountMoreThan"));
    boolean unit = selection.states("countUnit");
    if (counts && unit) {
      faults.add(
          Fault.at(
              selection.path("countUnit"),
              "does not go with the countType imageCountMoreThan",
              "Remove it."));
    }
    if (!counts && !unit && selection.isSound()) {
      faults.add(Fault.at(selection.path(), "has no countUnit", "Add countUnit: days."));
    }
  }

  private static void checkTarget(CheckedObject action, List<Fault> faults) {
    String type = action.text("type").orElse("");
    boolean target = action.states("targetStorageClass");
    if (type.equals("transition") && !target && action.isSound()) {
      faults.add(
          Fault.at(
              action.path(),
              "says transition and not where to",
              "Add the targetStorageClass archive."));
    }
    if (type.equals("expire") && action.text("targetStorageClass").isPresent()) {
      faults.add(
          Fault.at(
              action.path("targetStorageClass"),
              "does not go with the type expire",
              "Remove it, or write transition as the type."));
    }
  }
}
