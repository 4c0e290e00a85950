package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.lifecycle.Limit.DaysSinceArchived;
import dev.ecrrepo.lifecycle.Limit.DaysSincePull;
import dev.ecrrepo.lifecycle.StatedRule.TagStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What ECR accepts as lifecycle rules, beyond the shape of each value.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
record RuleValidator(RuleWording wording) {

  /// What is wrong with one rule.
  List<Fault> faults(StatedRule rule) {
    List<Fault> faults = new ArrayList<>();
    checkTags(rule, faults);
    rule.limit().ifPresent(limit -> checkLimit(limit, rule, faults));
    return faults;
  }

  private void checkTags(StatedRule rule, List<Fault> faults) {
    List<String> lists = rule.tagLists();
    boolean tagged = rule.tagStatus().equals(Optional.of(TagStatus.TAGGED));
    if (tagged && lists.isEmpty() && rule.complete()) {
      faults.add(wording.taggedWithoutTags(rule.path()));
    }
    if (lists.size() > 1) {
      faults.add(wording.severalTagLists(rule.path(), lists));
    }
    if (rule.tagStatus().isPresent() && !tagged) {
      for (String list : lists) {
        faults.add(wording.tagsOfOtherImages(rule.path(), list, rule.tagStatus().get()));
      }
    }
  }

  private void checkLimit(Limit limit, StatedRule rule, List<Fault> faults) {
    boolean archived = limit instanceof DaysSinceArchived;
    if (limit instanceof DaysSincePull && rule.action().equals(Optional.of(Action.EXPIRE))) {
      faults.add(wording.expiresByLastPull(rule.path()));
    }
    if (archived && rule.action().equals(Optional.of(Action.ARCHIVE))) {
      faults.add(wording.archivesArchivedImages(rule.path()));
    }
    if (archived && rule.storageClass().equals(Optional.of(StorageClass.STANDARD))) {
      faults.add(wording.archivedImagesInStandard(rule.path()));
    }
    if (!archived && rule.storageClass().equals(Optional.of(StorageClass.ARCHIVE))) {
      faults.add(wording.limitNotForArchivedImages(rule.path(), limit));
    }
  }

  /// Each rule whose images an earlier one selects already.
  List<Fault> secondRules(List<SourcedRule> rules) {
    record Images(StorageClass storageClass, Selection selection) {}
    List<Fault> faults = new ArrayList<>();
    Map<Images, SourcedRule> firsts = new HashMap<>();
    for (SourcedRule rule : rules) {
      LifecycleRule read = rule.rule();
      Images images = new Images(read.storageClass(), read.selection().normalForm());
      SourcedRule first = firsts.putIfAbsent(images, rule);
      if (first != null) {
        faults.add(wording.secondRule(rule, first));
      }
    }
    return faults;
  }
}
