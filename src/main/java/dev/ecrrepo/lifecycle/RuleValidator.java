package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.lifecycle.Limit.DaysSinceArchived;
import dev.ecrrepo.lifecycle.Limit.DaysSincePull;
import dev.ecrrepo.lifecycle.RuleFault.Notation;
import dev.ecrrepo.lifecycle.Selection.AnyImage;
import dev.ecrrepo.lifecycle.StatedRule.TagStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What ECR accepts as lifecycle rules, beyond the shape of each value.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
///
/// @param notation whether faults use the names of our properties or ECR's
record RuleValidator(Notation notation) {

  /// What is wrong with one rule.
  List<Fault> faults(StatedRule rule) {
    List<Fault> faults = tagFaults(rule);
    rule.limit().ifPresent(limit -> faults.addAll(limitFaults(limit, rule)));
    return faults;
  }

  private List<Fault> tagFaults(StatedRule rule) {
    List<Fault> faults = new ArrayList<>();
    List<String> lists = rule.tagLists();
    boolean tagged = rule.tagStatus().equals(Optional.of(TagStatus.TAGGED));
    if (tagged && lists.isEmpty() && rule.schemaValid()) {
      faults.add(RuleFault.TAGGED_WITHOUT_TAGS.at(rule.path(), notation));
    }
    if (lists.size() > 1) {
      String all = String.join(" and ", lists);
      faults.add(RuleFault.SEVERAL_TAG_LISTS.at(rule.path(), notation, all));
    }
    if (rule.tagStatus().isPresent() && !tagged) {
      String status = rule.tagStatus().get().text();
      for (String list : lists) {
        faults.add(RuleFault.TAGS_OF_OTHER_IMAGES.at(rule.path(), notation, status, list));
      }
    }
    return faults;
  }

  private List<Fault> limitFaults(Limit limit, StatedRule rule) {
    List<Fault> faults = new ArrayList<>();
    boolean archived = limit instanceof DaysSinceArchived;
    if (limit instanceof DaysSincePull && rule.action().equals(Optional.of(Action.EXPIRE))) {
      faults.add(RuleFault.EXPIRES_BY_LAST_PULL.at(rule.path(), notation));
    }
    if (archived && rule.action().equals(Optional.of(Action.ARCHIVE))) {
      faults.add(RuleFault.ARCHIVES_ARCHIVED_IMAGES.at(rule.path(), notation));
    }
    if (archived && rule.storageClass().equals(Optional.of(StorageClass.STANDARD))) {
      faults.add(RuleFault.ARCHIVED_IMAGES_IN_STANDARD.at(rule.path(), notation));
    }
    if (!archived && rule.storageClass().equals(Optional.of(StorageClass.ARCHIVE))) {
      String type = limit.countType();
      faults.add(RuleFault.LIMIT_NOT_FOR_ARCHIVED_IMAGES.at(rule.path(), notation, type));
    }
    return faults;
  }

  /// Each rule with the same storage class and selection as an earlier one.
  List<Fault> duplicateSelectionFaults(List<SourcedRule> rules) {
    record Images(StorageClass storageClass, Selection selection) {}
    List<Fault> faults = new ArrayList<>();
    Map<Images, SourcedRule> firsts = new HashMap<>();
    for (SourcedRule each : rules) {
      LifecycleRule rule = each.rule();
      Images images = new Images(rule.storageClass(), rule.selection().normalForm());
      SourcedRule first = firsts.putIfAbsent(images, each);
      if (first != null) {
        String place = notation.place(first.source());
        String selected = (rule.selection() instanceof AnyImage ? "all " : "") + rule.images();
        faults.add(RuleFault.SECOND_RULE.at(each.source(), notation, place, selected));
      }
    }
    return faults;
  }
}
