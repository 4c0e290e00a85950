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
import dev.ecrrepo.validation.CheckedObject.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads an element of `LifecycleRules`.
final class LifecycleRuleReader {

  private static final List<String> LIMITS =
      List.of("MaxImageCount", "MaxImageAgeDays", "DaysSinceLastPull", "DaysSinceArchived");
  private static final List<String> TAG_LISTS =
      List.of("TagPrefixList", "TagPatternList", "ForEachTagPattern");
  private static final RuleValidator VALIDATOR = new RuleValidator(new PropertyWording());

  private LifecycleRuleReader() {}

  /// One rule, or one for each pattern of `ForEachTagPattern`; none if anything is wrong.
  static List<SourcedRule> read(CheckedObject rule, List<Fault> faults) {
    StatedRule stated =
        new StatedRule(
            rule.path(),
            rule.isSound(),
            rule.text("TagStatus").map(TagStatus::of),
            rule.stated(TAG_LISTS),
            limit(rule),
            rule.text("StorageClass").map(text -> StorageClass.valueOf(upperCase(text))),
            rule.text("Action").map(text -> Action.valueOf(upperCase(text))));
    List<Fault> found = VALIDATOR.faults(stated);
    checkLimits(rule, found);
    faults.addAll(found);
    return found.isEmpty() && stated.complete() ? rules(rule, stated) : List.of();
  }

  private static String upperCase(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static void checkLimits(CheckedObject rule, List<Fault> faults) {
    List<String> limits = rule.stated(LIMITS);
    if (limits.isEmpty() && rule.isSound()) {
      faults.add(
          Fault.at(rule.path(), "has no limit", "Add one of " + String.join(", ", LIMITS) + "."));
    }
    if (limits.size() > 1) {
      faults.add(
          Fault.at(
              rule.path(),
              "has "
                  + limits.size()
                  + " limits ("
                  + String.join(", ", limits)
                  + "), a rule has exactly one",
              "Keep the one that matters most; ECR takes no second rule for the same images."));
    }
  }

  private static Optional<Limit> limit(CheckedObject rule) {
    List<String> limits = rule.stated(LIMITS);
    if (limits.size() != 1) {
      return Optional.empty();
    }
    String name = limits.getFirst();
    return rule.integer(name)
        .map(number ->
            switch (name) {
              case "MaxImageCount" -> new NewestImages(number);
              case "MaxImageAgeDays" -> new DaysSincePush(number);
              case "DaysSinceLastPull" -> new DaysSincePull(number);
              default -> new DaysSinceArchived(number);
            });
  }

  private static List<SourcedRule> rules(CheckedObject rule, StatedRule stated) {
    Limit limit = stated.limit().orElseThrow();
    List<SourcedRule> rules = new ArrayList<>();
    for (SourcedSelection each : selections(rule, stated)) {
      rules.add(
          new SourcedRule(
              each.source(),
              new LifecycleRule(
                  rule.text("Description").filter(text -> !text.isEmpty()),
                  each.selection(),
                  limit instanceof DaysSinceArchived ? StorageClass.ARCHIVE : StorageClass.STANDARD,
                  limit,
                  stated
                      .action()
                      .orElse(limit instanceof DaysSincePull ? Action.ARCHIVE : Action.EXPIRE))));
    }
    return rules;
  }

  private record SourcedSelection(JsonPath source, Selection selection) {}

  private static List<SourcedSelection> selections(CheckedObject rule, StatedRule stated) {
    if (stated.tagLists().isEmpty()) {
      boolean untagged = stated.tagStatus().equals(Optional.of(TagStatus.UNTAGGED));
      return List.of(new SourcedSelection(rule.path(), untagged ? new Untagged() : new All()));
    }
    String list = stated.tagLists().getFirst();
    List<Text> texts = rule.texts(list);
    if (list.equals("ForEachTagPattern")) {
      return texts.stream()
          .map(text -> new SourcedSelection(text.path(), Patterns.of(new TagPattern(text.value()))))
          .toList();
    }
    List<String> tags = texts.stream().map(Text::value).toList();
    return List.of(
        new SourcedSelection(
            rule.path(),
            list.equals("TagPrefixList")
                ? new Prefixes(tags)
                : new Patterns(tags.stream().map(TagPattern::new).toList())));
  }
}
