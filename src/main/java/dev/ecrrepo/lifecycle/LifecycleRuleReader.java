package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.lifecycle.RuleFault.Notation;
import dev.ecrrepo.lifecycle.StatedRule.TagStatus;
import dev.ecrrepo.validation.CheckedObject;
import dev.ecrrepo.validation.CheckedObject.Text;
import dev.ecrrepo.validation.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads an element of `LifecycleRules`.
final class LifecycleRuleReader {

  private static final List<String> LIMITS =
      List.of("MaxImageCount", "MaxImageAgeDays", "DaysSinceLastPull", "DaysSinceArchived");
  private static final List<String> TAG_LISTS =
      List.of("TagPrefixList", "TagPatternList", "ForEachTagPattern");
  private static final RuleValidator VALIDATOR = new RuleValidator(Notation.PROPERTIES);

  private LifecycleRuleReader() {}

  /// One rule, or one for each pattern of `ForEachTagPattern`; none if anything is wrong.
  static Decoded<List<SourcedRule>> read(CheckedObject rule) {
    List<String> limits = rule.stated(LIMITS);
    StatedRule stated =
        new StatedRule(
            rule.path(),
            rule.isValid(),
            rule.text("TagStatus").map(TagStatus::of),
            rule.stated(TAG_LISTS),
            limits.size() == 1 ? limit(rule, limits.getFirst()) : Optional.empty(),
            rule.text("StorageClass").map(StorageClass::of),
            rule.text("Action").map(Action::of));
    List<Fault> faults = VALIDATOR.faults(stated);
    if (limits.isEmpty() && stated.schemaValid()) {
      faults.add(
          Fault.at(rule.path(), "has no limit", "Add one of " + String.join(", ", LIMITS) + "."));
    }
    if (limits.size() > 1) {
      String all = String.join(", ", limits);
      faults.add(
          Fault.at(
              rule.path(),
              "has " + limits.size() + " limits (" + all + "), but a rule has exactly one",
              "Keep the one that matters most; only one rule can apply to the same images."));
    }
    boolean valid = faults.isEmpty() && stated.schemaValid();
    return new Decoded<>(valid ? rules(rule, stated) : List.of(), faults);
  }

  private static Optional<Limit> limit(CheckedObject rule, String name) {
    return rule.integer(name).map(number -> Limit.of(name, number));
  }

  private static List<SourcedRule> rules(CheckedObject rule, StatedRule stated) {
    Optional<String> description = rule.text("Description").filter(text -> !text.isEmpty());
    List<Text> tags =
        stated.tagLists().isEmpty() ? List.of() : rule.texts(stated.tagLists().getFirst());
    List<SourcedRule> rules = new ArrayList<>();
    if (stated.tagLists().equals(List.of("ForEachTagPattern"))) {
      for (Text tag : tags) {
        Selection selection = stated.selection(List.of(tag.value()));
        rules.add(new SourcedRule(tag.path(), stated.rule(description, selection)));
      }
    } else {
      Selection selection = stated.selection(tags.stream().map(Text::value).toList());
      rules.add(new SourcedRule(rule.path(), stated.rule(description, selection)));
    }
    return rules;
  }
}
