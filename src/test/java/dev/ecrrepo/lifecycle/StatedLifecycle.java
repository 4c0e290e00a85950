package dev.ecrrepo.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.FaultLines;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.validation.CheckedObject;
import dev.ecrrepo.validation.SchemaValidator;
import dev.ecrrepo.validation.ValidationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From properties as an author writes them to the policy that ECR gets.
final class StatedLifecycle {

  private static final Schema SCHEMA = Schema.load();

  private StatedLifecycle() {}

  static JsonObject properties(String json) {
    try {
      return (JsonObject) Json.parse(json);
    } catch (JsonSyntaxException e) {
      throw new AssertionError(json, e);
    }
  }

  /// The properties as CloudFormation delivers them, every scalar a string.
  static LifecycleProperties read(String json, List<Fault> faults) {
    return read((JsonObject) LifecyclePolicyTest.throughCloudFormation(properties(json)), faults);
  }

  /// The values of properties without faults.
  static CheckedObject checked(String json) {
    ValidationResult checked = SchemaValidator.validate(SCHEMA, properties(json), JsonPath.ROOT);
    assertTrue(checked.passed(), json);
    return checked.values();
  }

  /// As the provider reads them: checked against the schema first.
  static LifecycleProperties read(JsonObject properties, List<Fault> faults) {
    ValidationResult checked = SchemaValidator.validate(SCHEMA, properties, JsonPath.ROOT);
    faults.addAll(checked.faults());
    faults.addAll(checked.patternFaults());
    return LifecycleProperties.read(checked.values()).addFaultsTo(faults);
  }

  static Optional<LifecyclePolicy> policy(ProfileRules profile, String json) {
    List<Fault> faults = new ArrayList<>();
    Optional<LifecyclePolicy> policy =
        read(json, faults).withDefaultsOf(profile.properties()).policy().addFaultsTo(faults);
    assertEquals("", FaultLines.of(faults), json);
    return policy;
  }

  static List<String> faults(ProfileRules profile, String json) {
    List<Fault> faults = new ArrayList<>();
    LifecycleProperties properties = read(json, faults).withDefaultsOf(profile.properties());
    Optional<LifecyclePolicy> policy = properties.policy().addFaultsTo(faults);
    boolean overrides = properties.stated().contains("LifecyclePolicy");
    assertTrue(faults.isEmpty() || policy.isEmpty() || overrides, json);
    return faults.stream().map(Fault::toString).toList();
  }

  /// One line for each rule, in the order of priority.
  static List<String> rules(ProfileRules profile, String json) {
    List<Fault> faults = new ArrayList<>();
    LifecycleRules rules =
        LifecycleRules.of(read(json, faults).withDefaultsOf(profile.properties()));
    assertEquals("", FaultLines.of(faults), json);
    return rules.rules().stream()
        .map(SourcedRule::rule)
        .map(rule -> rule.description().orElseGet(rule::text))
        .toList();
  }
}
