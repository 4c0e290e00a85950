package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.Selection.All;
import dev.ecrrepo.lifecycle.StatedRule.TagStatus;
import java.util.List;

/// Sentences about the rules that our own properties make.
final class PropertyWording implements RuleWording {

  @Override
  public Fault taggedWithoutTags(JsonPath rule) {
    return Fault.at(
        rule,
        "has the tag status tagged and does not say which tags",
        "Add TagPatternList, with \"*\" for every tag.");
  }

  @Override
  public Fault severalTagLists(JsonPath rule, List<String> lists) {
    return Fault.at(
        rule,
        "has " + String.join(" and ", lists) + ", a rule takes one of them",
        "Keep one; every prefix can be written as a pattern (\"v\" is \"v*\").");
  }

  @Override
  public Fault tagsOfOtherImages(JsonPath rule, String list, TagStatus status) {
    return Fault.at(
        rule.member(list),
        "does not go with the tag status " + status.text(),
        "Remove it, or write tagged as the TagStatus.");
  }

  @Override
  public Fault expiresByLastPull(JsonPath rule) {
    return Fault.at(
        rule.member("Action"),
        "is Expire, but by its last pull ECR only archives an image",
        "Write Archive, and let a second rule with DaysSinceArchived: 90 expire what was"
            + " archived; or use MaxImageAgeDays.");
  }

  @Override
  public Fault archivesArchivedImages(JsonPath rule) {
    return Fault.at(
        rule.member("Action"),
        "is Archive, but DaysSinceArchived is for images that are archived already",
        "Write Expire, or use DaysSinceLastPull, MaxImageAgeDays or MaxImageCount.");
  }

  @Override
  public Fault archivedImagesInStandard(JsonPath rule) {
    return Fault.at(
        rule.member("StorageClass"),
        "is Standard, but DaysSinceArchived is for archived images",
        "Write Archive, or remove StorageClass.");
  }

  @Override
  public Fault limitNotForArchivedImages(JsonPath rule, Limit limit) {
    return Fault.at(
        rule.member("StorageClass"),
        "is Archive, but for archived images ECR knows one limit, DaysSinceArchived",
        "Use DaysSinceArchived: 90 or more as the rule's limit, or remove StorageClass.");
  }

  @Override
  public Fault secondRule(SourcedRule second, SourcedRule first) {
    return Fault.at(
        second.source(),
        "is a second rule for "
            + (second.rule().selection() instanceof All ? "all " : "")
            + second.rule().images()
            + ", besides "
            + first.source()
            + ", and ECR lets only one rule decide about them",
        "Remove one of the two.");
  }
}
