package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.Expiry.AfterDays;
import dev.ecrrepo.lifecycle.Limit.DaysSincePush;
import dev.ecrrepo.lifecycle.Limit.NewestImages;
import dev.ecrrepo.lifecycle.Selection.All;
import dev.ecrrepo.lifecycle.Selection.Untagged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Wishes as rules in the order of their priority.
///
/// ECR lets every rule see all images, but an image that a rule sees is out of reach for the rules
/// after it, even if the first one leaves it alone
/// (https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules).
/// So rules that keep go first, and rules for all images last, which ECR demands as well.
record LifecycleRules(List<SourcedRule> rules) {

  static LifecycleRules of(LifecycleWishes wishes) {
    List<SourcedRule> rules = new ArrayList<>(wishes.protectedTags());
    boolean expiresArchived =
        wishes.rules().stream()
            .anyMatch(rule -> rule.rule().storageClass() == StorageClass.ARCHIVE);
    if (expiresArchived) {
      for (SourcedRule kept : wishes.protectedTags()) {
        LifecycleRule archived = LifecycleRule.keep(kept.rule().selection(), StorageClass.ARCHIVE);
        rules.add(new SourcedRule(kept.source(), archived));
      }
    }
    List<SourcedRule> last = new ArrayList<>();
    for (SourcedRule rule : wishes.rules()) {
      (rule.rule().selection() instanceof All ? last : rules).add(rule);
    }
    if (wishes.untagged().orElse(null) instanceof AfterDays(int days)) {
      rules.add(expire(LifecycleWishes.EXPIRE_UNTAGGED, new Untagged(), new DaysSincePush(days)));
    }
    rules.addAll(last);
    wishes
        .maxImageCount()
        .map(count -> expire(LifecycleWishes.MAX_IMAGE_COUNT, new All(), new NewestImages(count)))
        .ifPresent(rules::add);
    if (wishes.all().orElse(null) instanceof AfterDays(int days)) {
      rules.add(expire(LifecycleWishes.EXPIRE_ALL, new All(), new DaysSincePush(days)));
    }
    return new LifecycleRules(List.copyOf(rules));
  }

  private static SourcedRule expire(String property, Selection selection, Limit limit) {
    return new SourcedRule(JsonPath.of(property), LifecycleRule.expire(selection, limit));
  }

  Optional<LifecyclePolicy> policy(List<Fault> faults) {
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    int before = faults.size();
    checkCount(faults);
    if (faults.size() > before) {
      return Optional.empty();
    }
    checkOneRuleForTheSameImages(faults);
    LifecyclePolicy policy = new LifecyclePolicy(document());
    checkLength(policy.text().length(), faults);
    return faults.size() == before ? Optional.of(policy) : Optional.empty();
  }

  /// As ECR takes it, if it takes it.
  JsonObject document() {
    List<Json> list = new ArrayList<>();
    for (SourcedRule rule : rules) {
      list.add(rule.rule().json(list.size() + 1));
    }
    return Json.object(Map.of("rules", Json.array(list)));
  }

  private void checkOneRuleForTheSameImages(List<Fault> faults) {
    record Images(StorageClass storageClass, Object meaning) {}
    Map<Images, SourcedRule> firsts = new HashMap<>();
    for (SourcedRule rule : rules) {
      Images images = new Images(rule.rule().storageClass(), rule.rule().selection().meaning());
      SourcedRule first = firsts.putIfAbsent(images, rule);
      if (first != null) {
        faults.add(
            Fault.at(
                rule.source(),
                "is a second rule for "
                    + (rule.rule().selection() instanceof All ? "all " : "")
                    + rule.rule().images()
                    + ", besides "
                    + first.source()
                    + ", and ECR lets only one rule decide about them",
                "Remove one of the two."));
      }
    }
  }

  /// The property that most rules come from.
  private JsonPath most() {
    JsonPath tags = JsonPath.of(LifecycleWishes.PROTECTED_TAGS);
    long kept =
        rules.stream().filter(rule -> rule.source().parent().equals(Optional.of(tags))).count();
    return kept * 2 > rules.size() ? tags : JsonPath.of(LifecycleWishes.LIFECYCLE_RULES);
  }

  private void checkCount(List<Fault> faults) {
    if (rules.size() > PolicyGrammar.MAX_RULES) {
      faults.add(
          Fault.at(
              most(),
              "brings the lifecycle policy to "
                  + rules.size()
                  + " rules, ECR takes at most "
                  + PolicyGrammar.MAX_RULES,
              "Let a pattern with * stand for several tags. A pattern in ForEachTagPattern or"
                  + " ProtectedTags is one rule, and in ProtectedTags two if a rule expires"
                  + " archived images."));
    }
  }

  private void checkLength(int length, List<Fault> faults) {
    if (length > PolicyGrammar.MAX_LENGTH) {
      faults.add(
          Fault.at(
              most(),
              "brings the lifecycle policy to "
                  + length
                  + " characters, ECR takes at most "
                  + PolicyGrammar.MAX_LENGTH,
              "Shorten descriptions, or let a pattern with * stand for several tags."));
    }
  }
}
