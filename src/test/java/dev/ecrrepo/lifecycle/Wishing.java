package dev.ecrrepo.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From properties as an author writes them to the policy that ECR gets.
final class Wishing {

  private Wishing() {}

  static JsonObject properties(String json) {
    try {
      return (JsonObject) Json.parse(json);
    } catch (JsonSyntaxException e) {
      throw new AssertionError(json, e);
    }
  }

  /// The properties as CloudFormation delivers them, every scalar a string.
  static LifecycleWishes read(String json, List<Fault> faults) {
    return LifecycleWishes.read(
        (JsonObject) LifecyclePolicyTest.throughCloudFormation(properties(json)), faults);
  }

  static Optional<LifecyclePolicy> policy(ProfileWishes profile, String json) {
    List<Fault> faults = new ArrayList<>();
    Optional<LifecyclePolicy> policy = read(json, faults).over(profile.wishes()).policy(faults);
    assertEquals("", Fault.lines(faults), json);
    return policy;
  }

  static List<String> faults(ProfileWishes profile, String json) {
    List<Fault> faults = new ArrayList<>();
    LifecycleWishes wishes = read(json, faults).over(profile.wishes());
    Optional<LifecyclePolicy> policy = wishes.policy(faults);
    assertTrue(faults.isEmpty() || policy.isEmpty() || !wishes.overridden().isEmpty(), json);
    return faults.stream().map(Fault::toString).toList();
  }

  /// One line for each rule, in the order of priority.
  static List<String> rules(ProfileWishes profile, String json) {
    List<Fault> faults = new ArrayList<>();
    LifecycleRules rules = LifecycleRules.of(read(json, faults).over(profile.wishes()));
    assertEquals("", Fault.lines(faults), json);
    return rules.rules().stream()
        .map(SourcedRule::rule)
        .map(rule -> rule.description().orElseGet(rule::text))
        .toList();
  }
}
