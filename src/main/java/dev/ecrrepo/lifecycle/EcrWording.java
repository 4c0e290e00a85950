package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.StatedRule.TagStatus;
import java.util.List;

/// Sentences about rules that are written as ECR's own document has them.
final class EcrWording implements RuleWording {

  @Override
  public Fault taggedWithoutTags(JsonPath rule) {
    return Fault.at(
        rule.member("selection"),
        "has the tagStatus tagged and no tags",
        "Add tagPatternList with a list of patterns such as \"v*\", or tagPrefixList.");
  }

  @Override
  public Fault severalTagLists(JsonPath rule, List<String> lists) {
    return Fault.at(
        rule.member("selection"),
        "has both " + String.join(" and ", lists),
        "Keep one of the two; every prefix can be written as a pattern (\"v\" is \"v*\").");
  }

  @Override
  public Fault tagsOfOtherImages(JsonPath rule, String list, TagStatus status) {
    return Fault.at(
        rule.member("selection").member(list),
        "does not go with the tagStatus " + status.text(),
        "Remove it, or write tagged as the tagStatus.");
  }

  @Override
  public Fault expiresByLastPull(JsonPath rule) {
    return Fault.at(
        rule.member("action").member("type"),
        "is expire, but by its last pull ECR only archives an image",
        "Write transition with the targetStorageClass archive, and let a rule for"
            + " sinceImageTransitioned expire what was archived; or use sinceImagePushed.");
  }

  @Override
  public Fault archivesArchivedImages(JsonPath rule) {
    return Fault.at(
        rule.member("action").member("type"),
        "is transition, but sinceImageTransitioned is for images that are archived already",
        "Write expire.");
  }

  @Override
  public Fault archivedImagesInStandard(JsonPath rule) {
    return Fault.at(
        rule.member("selection").member("countType"),
        "sinceImageTransitioned is only for archived images",
        "Add the storageClass archive.");
  }

  @Override
  public Fault limitNotForArchivedImages(JsonPath rule, Limit limit) {
    return Fault.at(
        rule.member("selection").member("countType"),
        limit.countType() + " is not for archived images",
        "Write sinceImageTransitioned, or remove the storageClass.");
  }

  @Override
  public Fault secondRule(SourcedRule second, SourcedRule first) {
    return Fault.at(
        second.source().member("selection"),
        "selects the same images as "
            + shortName(first.source())
            + ", ECR takes one such rule for a storage class",
        "Remove one of the two rules.");
  }

  /// `rules[2]` of a long path.
  static String shortName(JsonPath rule) {
    return rule.text().substring(rule.text().lastIndexOf("rules["));
  }
}
