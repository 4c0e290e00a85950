package dev.ecrrepo.policy;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.wording.SpellingSuggestion;
import java.util.List;
import java.util.Map;

/// `Condition`: operators, their keys, the values of those.
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

  void check(JsonPath at, Json value) {
    if (!(value instanceof JsonObject(Map<String, Json> operators))) {
      faults.add(
          at,
          "must be an object, and is " + value.kind(),
          "Write {StringEquals: {\"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\"}}.");
      return;
    }
    for (Map.Entry<String, Json> operator : operators.entrySet()) {
      if (Fault.reachedLimit(faults.faults())) {
        return;
      }
      operator(at.member(operator.getKey()), operator.getKey(), operator.getValue());
    }
  }

  private void operator(JsonPath at, String operator, Json keys) {
    if (!(keys instanceof JsonObject(Map<String, Json> values))) {
      boolean key = operator.contains(":") && !isKnown(operator);
      faults.add(
          at,
          key
              ? "is a condition key, and a condition operator comes first"
              : "must be an object of condition keys, and is " + keys.kind(),
          key
              ? "Write {StringEquals: {\"%s\": …}}.".formatted(operator)
              : "Write {\"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\"} in it.");
      return;
    }
    if (!isKnown(operator)) {
      faults.add(at, "is not a condition operator", "Write " + suggestion(operator) + ".");
    }
    for (Map.Entry<String, Json> value : values.entrySet()) {
      if (Fault.reachedLimit(faults.faults())) {
        return;
      }
      key(at.member(value.getKey()), value.getKey(), value.getValue());
    }
  }

  private static boolean isKnown(String written) {
    ConditionOperator operator = ConditionOperator.of(written);
    return OPERATORS.stream().anyMatch(operator.base()::equalsIgnoreCase);
  }

  private static String suggestion(String written) {
    int colon = written.indexOf(':');
    String set =
        colon < 0
            ? ""
            : SpellingSuggestion.of(
                    written.substring(0, colon), List.of("ForAnyValue", "ForAllValues"))
                .map(name -> name + ":")
                .orElse("");
    return SpellingSuggestion.of(written.substring(colon + 1), OPERATORS)
        .map(operator -> set + operator)
        .orElse("one like StringEquals");
  }

  private void key(JsonPath at, String key, Json value) {
    if (key.indexOf(':') < 1 || key.endsWith(":")) {
      faults.add(
          at,
          Fault.quote(key) + " is not a condition key: a service or aws, a colon, a name",
          "Write one like aws:PrincipalOrgID.");
    }
    switch (value) {
      case JsonArray(List<Json> none) when none.isEmpty() ->
          faults.add(at, "is an empty list", "Name at least one value, or remove the key.");
      case JsonArray(List<Json> many) -> {
        for (int i = 0; i < many.size() && !Fault.reachedLimit(faults.faults()); i++) {
          scalar(at.element(i), many.get(i));
        }
      }
      case Json one -> scalar(at, one);
    }
  }

  private void scalar(JsonPath at, Json value) {
    switch (value) {
      case Json.JsonString _, Json.JsonNumber _, Json.JsonBoolean _ -> {}
      default -> faults.add(at, "must be a string, and is " + value.kind(), "Write a string.");
    }
  }
}
