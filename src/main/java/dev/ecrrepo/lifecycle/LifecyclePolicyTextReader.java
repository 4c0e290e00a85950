package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.RuleFault.Notation;
import dev.ecrrepo.lifecycle.Selection.AnyImage;
import dev.ecrrepo.lifecycle.Selection.Patterns;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.validation.CheckedObject;
import dev.ecrrepo.validation.Decoded;
import dev.ecrrepo.validation.PolicyText;
import dev.ecrrepo.validation.SchemaValidator;
import dev.ecrrepo.validation.ValidationResult;
import dev.ecrrepo.wording.WrongType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a lifecycle policy that an author wrote as ECR's own document, as an object or as JSON
/// text. In the object CloudFormation has made a string of every number; they become numbers again.
/// Everything else stays as written, key order included.
///
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
final class LifecyclePolicyTextReader {

  /// The schema of LifecyclePolicyText, loaded on first use.
  private static final Schema SCHEMA = Schema.load("ecr-lifecycle-policy.json");

  private static final RuleValidator VALIDATOR = new RuleValidator(Notation.ECR);

  private final JsonPath path;
  private final List<Fault> faults = new ArrayList<>();

  private LifecyclePolicyTextReader(JsonPath path) {
    this.path = path;
  }

  /// @param path of the policy
  /// @return nothing if there is a fault
  static Decoded<Optional<LifecyclePolicy>> read(Json objectOrText, JsonPath path) {
    LifecyclePolicyTextReader reader = new LifecyclePolicyTextReader(path);
    return new Decoded<>(reader.document(objectOrText).map(LifecyclePolicy::new), reader.faults);
  }

  private Optional<JsonObject> document(Json objectOrText) {
    Optional<JsonObject> document =
        PolicyText.read(
                objectOrText, path, other -> WrongType.fault(path, other, SCHEMA.properties()))
            .addFaultsTo(faults);
    // Two numbers of each rule may be strings here; ECR gets them without their quotes.
    int quotes = 4 * LifecyclePolicy.MAX_RULES;
    if (document.isEmpty() || reportIfTooLong(document.get(), quotes)) {
      return Optional.empty();
    }
    ValidationResult result = SchemaValidator.validate(SCHEMA, document.get(), path);
    faults.addAll(result.faults());
    faults.addAll(result.patternFaults());
    checkRules(result.values());
    JsonObject checked = result.values().values();
    return faults.isEmpty() && !reportIfTooLong(checked, 0)
        ? Optional.of(checked)
        : Optional.empty();
  }

  /// @param allowance characters that ECR does not get
  private boolean reportIfTooLong(JsonObject document, int allowance) {
    int length = document.toString().length();
    if (length <= LifecyclePolicy.MAX_LENGTH + allowance) {
      return false;
    }
    faults.add(
        Fault.at(
            path,
            "has " + length + " characters; ECR accepts at most " + LifecyclePolicy.MAX_LENGTH,
            "Shorten descriptions, or let a pattern with * stand for several tags."));
    return true;
  }

  private void checkRules(CheckedObject policy) {
    List<EcrRule> rules = new ArrayList<>();
    for (CheckedObject rule : policy.objects("rules")) {
      rules.add(EcrRule.read(rule).addFaultsTo(faults));
    }
    if (rules.isEmpty() && policy.isValid()) {
      faults.add(
          Fault.at(policy.path("rules"), "is empty", "Add a rule, or remove LifecyclePolicy."));
    }
    checkPriorities(rules);
    faults.addAll(VALIDATOR.duplicateSelectionFaults(withoutPatterns(rules)));
    checkAnyIsLast(rules);
  }

  private void checkPriorities(List<EcrRule> rules) {
    Map<Integer, EcrRule> firsts = new HashMap<>();
    for (EcrRule rule : rules) {
      if (rule.priority().isEmpty()) {
        continue;
      }
      EcrRule first = firsts.putIfAbsent(rule.priority().get(), rule);
      if (first != null) {
        faults.add(
            Fault.at(
                rule.path().member("rulePriority"),
                rule.priority().get()
                    + " is the priority of "
                    + Notation.ECR.place(first.path())
                    + " as well",
                "Give each rule another number."));
      }
    }
  }

  /// ECR takes several rules with the same patterns.
  private static List<SourcedRule> withoutPatterns(List<EcrRule> rules) {
    List<SourcedRule> without = new ArrayList<>();
    for (EcrRule rule : rules) {
      rule.rule()
          .filter(read -> !(read.rule().selection() instanceof Patterns))
          .ifPresent(without::add);
    }
    return without;
  }

  private void checkAnyIsLast(List<EcrRule> rules) {
    Map<StorageClass, EcrRule> any = new EnumMap<>(StorageClass.class);
    Map<StorageClass, Integer> highest = new EnumMap<>(StorageClass.class);
    for (EcrRule each : rules) {
      if (each.rule().isPresent()) {
        LifecycleRule rule = each.rule().get().rule();
        if (rule.selection() instanceof AnyImage) {
          any.putIfAbsent(rule.storageClass(), each);
        } else {
          highest.merge(rule.storageClass(), each.priority().orElseThrow(), Math::max);
        }
      }
    }
    any.forEach((storageClass, rule) -> {
      int last = highest.getOrDefault(storageClass, 0);
      if (rule.priority().orElseThrow() < last) {
        faults.add(
            Fault.at(
                rule.path().member("rulePriority"),
                rule.priority().get()
                    + " is before another rule, but a rule for any image comes last"
                    + " in its storage class",
                "Write a number above " + last + "."));
      }
    });
  }
}
