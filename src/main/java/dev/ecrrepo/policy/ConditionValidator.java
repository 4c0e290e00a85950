package dev.ecrrepo.policy;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.policy.ConditionOperator.Quantifier;
import dev.ecrrepo.wording.SpellingSuggestion;
import java.util.List;
import java.util.Map;

/// Checks a `Condition`: its operators, their condition keys, and the values of those.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
record ConditionValidator(PolicyFaults faults) {

  private static final List<String> OPERATORS =
      List.of(
          "StringEquals",
          "StringNotEquals",
          "StringEqualsIgnoreCase",
          "StringNotEqualsIgnoreCase",
          "StringLike",
          "StringNotLike",
          "ArnEquals",
          "ArnLike",
          "ArnNotEquals",
          "ArnNotLike",
          "Bool",
          "Null",
          "IpAddress",
          "NotIpAddress",
          "NumericEquals",
          "NumericNotEquals",
          "NumericLessThan",
          "NumericLessThanEquals",
          "NumericGreaterThan",
          "NumericGreaterThanEquals",
          "DateEquals",
          "DateNotEquals",
          "DateLessThan",
          "DateLessThanEquals",
          "DateGreaterThan",
          "DateGreaterThanEquals",
          "BinaryEquals");

  private static final List<String> QUANTIFIERS =
      List.of(Quantifier.ANY.prefix(), Quantifier.ALL.prefix());

  void check(JsonPath at, Json value) {
    if (!(value instanceof JsonObject(Map<String, Json> operators))) {
      faults.add(
          at,
          "must be an object, but is " + value.kind(),
          "Write {StringEquals: {\"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\"}}.");
      return;
    }
    for (Map.Entry<String, Json> entry : operators.entrySet()) {
      if (Fault.reachedLimit(faults.faults())) {
        return;
      }
      String operator = entry.getKey();
      checkOperator(at.member(operator), operator, entry.getValue());
    }
  }

  private void checkOperator(JsonPath at, String operator, Json value) {
    if (!(value instanceof JsonObject(Map<String, Json> byKey))) {
      // A known operator can contain a colon, too: ForAnyValue:StringEquals.
      boolean isConditionKey = operator.contains(":") && !isKnown(operator);
      faults.add(
          at,
          isConditionKey
              ? "is a condition key, and a condition operator comes first"
              : "must be an object of condition keys, but is " + value.kind(),
          isConditionKey
              ? "Write {StringEquals: {\"%s\": …}}.".formatted(operator)
              : "Write {\"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\"} in it.");
      return;
    }
    if (!isKnown(operator)) {
      faults.add(at, "is not a condition operator", "Write " + suggestion(operator) + ".");
    }
    for (Map.Entry<String, Json> entry : byKey.entrySet()) {
      if (Fault.reachedLimit(faults.faults())) {
        return;
      }
      String key = entry.getKey();
      checkKey(at.member(key), key, entry.getValue());
    }
  }

  private static boolean isKnown(String written) {
    ConditionOperator operator = ConditionOperator.of(written);
    return OPERATORS.stream().anyMatch(operator.base()::equalsIgnoreCase);
  }

  /// The operator that was probably meant, with its quantifier and `IfExists`.
  private static String suggestion(String written) {
    int colon = written.indexOf(':');
    String quantifier =
        colon < 0
            ? ""
            : SpellingSuggestion.of(written.substring(0, colon + 1), QUANTIFIERS).orElse("");
    ConditionOperator operator = ConditionOperator.of(written.substring(colon + 1));
    return SpellingSuggestion.of(operator.base(), OPERATORS)
        .map(base -> quantifier + base + (operator.ifExists() ? ConditionOperator.IF_EXISTS : ""))
        .orElse("one like StringEquals");
  }

  private void checkKey(JsonPath at, String key, Json value) {
    if (key.indexOf(':') < 1 || key.endsWith(":")) {
      faults.add(
          at,
          Fault.quote(key)
              + " is not a condition key; a condition key has the form service:name or aws:name",
          "Write one like aws:PrincipalOrgID.");
    }
    switch (value) {
      case JsonArray(List<Json> none) when none.isEmpty() ->
          faults.add(at, "is an empty list", "Name at least one value, or remove the key.");
      case JsonArray(List<Json> many) -> {
        for (int i = 0; i < many.size() && !Fault.reachedLimit(faults.faults()); i++) {
          checkScalar(at.element(i), many.get(i));
        }
      }
      case Json one -> checkScalar(at, one);
    }
  }

  /// IAM accepts numbers and booleans as the values of conditions, and an empty string is a value.
  private void checkScalar(JsonPath at, Json value) {
    switch (value) {
      case Json.JsonString _, Json.JsonNumber _, Json.JsonBoolean _ -> {}
      default -> faults.addNotString(at, value);
    }
  }
}
