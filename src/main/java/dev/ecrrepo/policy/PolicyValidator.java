package dev.ecrrepo.policy;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// IAM's grammar for the policy of a resource. Checks only the form; everything that ECR accepts
/// passes. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
public final class PolicyValidator {

  private static final List<String> DOCUMENT = List.of("Version", "Id", "Statement");
  private static final List<String> STATEMENT =
      List.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9*?-]++:[A-Za-z0-9*?]++");
  private static final Pattern OPERATION = Pattern.compile("[A-Z][A-Za-z]++");

  private final PolicyFaults faults = new PolicyFaults(new ArrayList<>());
  private final PrincipalValidator principals;
  private final ConditionValidator conditions;

  private PolicyValidator(String partition) {
    this.principals = new PrincipalValidator(partition, this.faults);
    this.conditions = new ConditionValidator(this.faults);
  }

  /// What is wrong with a policy.
  ///
  /// @param at the place of the policy
  /// @param partition of the repository: `aws`, `aws-cn`, …
  /// @param taken Sids that other statements of the same policy have
  public static List<Fault> faults(
      JsonObject policy, JsonPath at, String partition, Set<String> taken) {
    PolicyValidator validator = new PolicyValidator(partition);
    validator.check(policy, at, taken);
    return validator.faults.faults();
  }

  private void check(JsonObject policy, JsonPath at, Set<String> taken) {
    Optional<Fault> tooLong = RepositoryPolicy.tooLong(policy.toString(), at);
    if (tooLong.isPresent()) {
      faults.faults().add(tooLong.get());
      return;
    }
    faults.requireKnownMembers(at, policy, DOCUMENT);
    policy
        .get("Version")
        .filter(v ->
            !v.equals(Json.of(PolicyDocument.VERSION))
                && !v.equals(Json.of(PolicyDocument.VERSION_IF_ABSENT)))
        .ifPresent(v ->
            faults.add(
                at.member("Version"),
                Fault.quote(v) + " is not a version of the policy language",
                "Write \"2012-10-17\", in quotes."));
    policy.get("Id").ifPresent(id -> faults.requireString(at.member("Id"), id));
    JsonPath statements = at.member("Statement");
    switch (policy.get("Statement").orElse(Json.array(List.of()))) {
      case JsonArray(List<Json> none)
          when none.isEmpty() && faults.isMisspelt("Statement", policy, DOCUMENT) -> {}
      case JsonArray(List<Json> none) when none.isEmpty() ->
          faults.add(
              statements,
              "has no statement, and ECR accepts no policy without one",
              "Add a statement, or remove the policy.");
      case JsonArray(List<Json> many) -> {
        Set<String> sids = new HashSet<>(taken);
        for (int i = 0; i < many.size() && !Fault.reachedLimit(faults.faults()); i++) {
          statement(statements.element(i), many.get(i), sids);
        }
      }
      case Json one -> statement(statements, one, new HashSet<>(taken));
    }
  }

  private void statement(JsonPath at, Json value, Set<String> sids) {
    if (!(value instanceof JsonObject statement)) {
      faults.add(
          at,
          "must be an object, but is " + value.kind(),
          "Write Effect, Principal and Action in it.");
      return;
    }
    faults.requireKnownMembers(at, statement, STATEMENT);
    statement
        .get("Sid")
        .filter(sid -> faults.requireString(at.member("Sid"), sid))
        .filter(sid -> !sid.equals(Json.of("")) && !sids.add(((JsonString) sid).value()))
        .ifPresent(sid ->
            faults.add(
                at.member("Sid"),
                Fault.quote(sid) + " is the Sid of another statement of this policy",
                "Give each statement its own Sid; those that begin with EcrRepo belong to"
                    + " Access."));
    switch (statement.get("Effect").orElse(Json.of(""))) {
      case JsonString(String effect) when effect.equals("Allow") || effect.equals("Deny") -> {}
      case JsonString(String none)
          when none.isEmpty() && faults.isMisspelt("Effect", statement, STATEMENT) -> {}
      case JsonString(String none) when none.isEmpty() ->
          faults.add(at, "says neither Allow nor Deny", "Add Effect: Allow, or Effect: Deny.");
      case Json other ->
          faults.add(
              at.member("Effect"),
              Fault.quote(other) + " is not an effect",
              "Write Allow or Deny.");
    }
    faults
        .requireOneOf(
            at,
            statement,
            STATEMENT,
            "Principal",
            "NotPrincipal",
            "Principal: {AWS: \"111122223333\"}")
        .ifPresent(key -> principals.check(at.member(key), statement.get(key).orElseThrow()));
    faults
        .requireOneOf(
            at, statement, STATEMENT, "Action", "NotAction", "Action: [\"ecr:BatchGetImage\"]")
        .ifPresent(key ->
            faults.requireStrings(
                at.member(key), statement.get(key).orElseThrow(), PolicyValidator::action));
    if (statement.get("Resource").isPresent() && statement.get("NotResource").isPresent()) {
      faults.add(
          at, "has both Resource and NotResource", "Remove both: the policy is this repository's.");
    }
    for (String key : List.of("Resource", "NotResource")) {
      statement
          .get(key)
          .ifPresent(resources ->
              faults.requireStrings(at.member(key), resources, (_, _) -> Optional.empty()));
    }
    statement.get("Condition").ifPresent(c -> conditions.check(at.member("Condition"), c));
  }

  private static Optional<Fault> action(JsonPath at, String action) {
    if (ACTION.matcher(action).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Fault.at(
            at,
            Fault.quote(action) + " is not an action; an action has the form service:operation",
            OPERATION.matcher(action).matches()
                ? "Write ecr:" + action + "."
                : "Write one like ecr:BatchGetImage."));
  }
}
