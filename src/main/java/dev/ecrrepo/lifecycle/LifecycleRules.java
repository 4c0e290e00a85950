package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.Expiry.AfterDays;
import dev.ecrrepo.lifecycle.Limit.DaysSincePush;
import dev.ecrrepo.lifecycle.Limit.NewestImages;
import dev.ecrrepo.lifecycle.Selection.AnyImage;
import dev.ecrrepo.lifecycle.Selection.Untagged;
import dev.ecrrepo.validation.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rules that the lifecycle properties ask for, in the order of their priority.
///
/// ECR evaluates every rule against all images, but an image that a rule selects is not affected by
/// later rules, even if the first rule does not expire or archive it
/// (https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules).
/// So rules that keep images go first, and rules for all images last, which ECR also requires.
record LifecycleRules(List<SourcedRule> rules) {

  private static final RuleValidator VALIDATOR = new RuleValidator(RuleFault.Notation.PROPERTIES);

  static LifecycleRules of(LifecycleProperties properties) {
    List<SourcedRule> rules = new ArrayList<>(properties.protectedTags());
    boolean expiresArchived =
        properties.rules().stream()
            .anyMatch(rule -> rule.rule().storageClass() == StorageClass.ARCHIVE);
    if (expiresArchived) {
      for (SourcedRule kept : properties.protectedTags()) {
        LifecycleRule archived = LifecycleRule.keep(kept.rule().selection(), StorageClass.ARCHIVE);
        rules.add(new SourcedRule(kept.source(), archived));
      }
    }
    List<SourcedRule> last = new ArrayList<>();
    for (SourcedRule rule : properties.rules()) {
      (rule.rule().selection() instanceof AnyImage ? last : rules).add(rule);
    }
    if (properties.expireUntagged().orElse(null) instanceof AfterDays(int days)) {
      rules.add(
          expire(LifecycleProperties.EXPIRE_UNTAGGED, new Untagged(), new DaysSincePush(days)));
    }
    rules.addAll(last);
    properties
        .maxImageCount()
        .map(count ->
            expire(LifecycleProperties.MAX_IMAGE_COUNT, new AnyImage(), new NewestImages(count)))
        .ifPresent(rules::add);
    if (properties.expireAll().orElse(null) instanceof AfterDays(int days)) {
      rules.add(expire(LifecycleProperties.EXPIRE_ALL, new AnyImage(), new DaysSincePush(days)));
    }
    return new LifecycleRules(List.copyOf(rules));
  }

  private static SourcedRule expire(String property, Selection selection, Limit limit) {
    return new SourcedRule(JsonPath.of(property), LifecycleRule.expire(selection, limit));
  }

  /// No policy if there is no rule, or if ECR would refuse it: then there are faults.
  Decoded<Optional<LifecyclePolicy>> policy() {
    if (rules.isEmpty()) {
      return new Decoded<>(Optional.empty(), List.of());
    }
    if (rules.size() > LifecyclePolicy.MAX_RULES) {
      return new Decoded<>(Optional.empty(), List.of(tooMany()));
    }
    LifecyclePolicy policy = new LifecyclePolicy(document());
    List<Fault> faults = VALIDATOR.duplicateSelectionFaults(rules);
    int length = policy.text().length();
    if (length > LifecyclePolicy.MAX_LENGTH) {
      faults.add(tooLong(length));
    }
    return new Decoded<>(faults.isEmpty() ? Optional.of(policy) : Optional.empty(), faults);
  }

  /// The document, which ECR may refuse.
  JsonObject document() {
    List<Json> list = new ArrayList<>();
    for (SourcedRule rule : rules) {
      list.add(rule.rule().json(list.size() + 1));
    }
    return Json.object(Map.of("rules", Json.array(list)));
  }

  /// The property that most rules come from.
  private JsonPath mainSource() {
    JsonPath tags = JsonPath.of(LifecycleProperties.PROTECTED_TAGS);
    long kept =
        rules.stream().filter(rule -> rule.source().parent().equals(Optional.of(tags))).count();
    return kept * 2 > rules.size() ? tags : JsonPath.of(LifecycleProperties.LIFECYCLE_RULES);
  }

  private Fault tooMany() {
    return Fault.at(
        mainSource(),
        "brings the lifecycle policy to "
            + rules.size()
            + " rules; ECR accepts at most "
            + LifecyclePolicy.MAX_RULES,
        "Let a pattern with * stand for several tags. Each pattern in ForEachTagPattern makes one"
            + " rule. Each pattern in ProtectedTags makes one rule, or two if another rule expires"
            + " archived images.");
  }

  private Fault tooLong(int length) {
    return Fault.at(
        mainSource(),
        "brings the lifecycle policy to "
            + length
            + " characters; ECR accepts at most "
            + LifecyclePolicy.MAX_LENGTH,
        "Shorten descriptions, or let a pattern with * stand for several tags.");
  }
}
