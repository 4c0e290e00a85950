package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;

/// ECR's own lifecycle policy, or a rule of one, in `LifecycleRules`.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
public final class MisplacedLifecyclePolicy {

  private static final String RULES = "LifecycleRules";

  private MisplacedLifecyclePolicy() {}

  /// Whether the path is a rule in `LifecycleRules`, or anything inside one.
  public static boolean isInRule(JsonPath path) {
    return path.text().startsWith(RULES + "[");
  }

  public static Fault rule(JsonPath path) {
    return Fault.at(
        path,
        "is a rule in ECR's own form",
        "Move it to LifecyclePolicy.LifecyclePolicyText, as {\"rules\": [{\"rulePriority\": 1,"
            + " …}]}; or write TagStatus and MaxImageCount or MaxImageAgeDays instead of"
            + " selection.");
  }

  static boolean isPolicy(Json json, JsonPath path) {
    return json instanceof JsonObject policy
        && policy.get("rules").isPresent()
        && path.text().equals(RULES);
  }
}
