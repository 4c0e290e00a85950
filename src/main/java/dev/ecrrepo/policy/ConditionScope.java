package dev.ecrrepo.policy;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Scalars;
import dev.ecrrepo.identifier.AccountId;
import dev.ecrrepo.identifier.Arn;
import dev.ecrrepo.identifier.OrganizationId;
import dev.ecrrepo.identifier.PrincipalArn;
import dev.ecrrepo.policy.ConditionOperator.Quantifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The accounts and organizations to which a Condition certainly limits a statement: by keys that
/// IAM itself fills in, by operators that are false if the key is absent, with values that name one
/// each. Anything else, such as `StringNotEquals`, `…IfExists`, `Null`, `ForAllValues` or a value
/// with a wildcard in its account or organization ID, limits nobody.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
///
/// IAM requires all keys to match, so a statement may allow less than both sets together, never
/// more.
///
/// @param organizations organization IDs; both sets are empty if the condition limits nobody
/// @param accounts account IDs
record ConditionScope(Set<String> organizations, Set<String> accounts) {

  private static final Set<String> STRING_OPERATORS =
      Set.of("stringequals", "stringequalsignorecase", "stringlike");
  private static final Set<String> ARN_OPERATORS =
      Set.of("arnequals", "arnlike", "stringequals", "stringlike");

  static ConditionScope of(Optional<Json> condition) {
    ConditionScope scope = new ConditionScope(new LinkedHashSet<>(), new LinkedHashSet<>());
    if (condition.orElse(JsonObject.EMPTY) instanceof JsonObject operators) {
      values(operators).forEach(scope::add);
    }
    return scope;
  }

  /// An operator and a condition key, both in lower case.
  private record Comparison(String operator, String key) {}

  /// The values by operator and key. Members that differ only in upper and lower case count as one,
  /// with the values of both: in whichever way IAM combines them, it does not allow more.
  private static Map<Comparison, List<Json>> values(JsonObject operators) {
    Map<Comparison, List<Json>> values = new LinkedHashMap<>();
    operators
        .members()
        .forEach((operator, keys) -> {
          if (keys instanceof JsonObject(Map<String, Json> members)) {
            members.forEach((key, value) ->
                values
                    .computeIfAbsent(
                        new Comparison(
                            operator.toLowerCase(Locale.ROOT), key.toLowerCase(Locale.ROOT)),
                        _ -> new ArrayList<>())
                    .addAll(PolicyDocument.elements(value)));
          }
        });
    return values;
  }

  private void add(Comparison comparison, List<Json> values) {
    ConditionOperator operator = ConditionOperator.of(comparison.operator());
    if (operator.ifExists() || operator.quantifier() == Quantifier.ALL) {
      return;
    }
    boolean comparesStrings = STRING_OPERATORS.contains(operator.base());
    boolean comparesArns = ARN_OPERATORS.contains(operator.base());
    switch (comparison.key()) {
      case "aws:principalorgid", "aws:sourceorgid" -> {
        if (comparesStrings) {
          organizations.addAll(named(values, ConditionScope::organization));
        }
      }
      case "aws:principalorgpaths", "aws:sourceorgpaths" -> {
        // The key has several values, for which an operator without ForAnyValue is not defined.
        if (comparesStrings && operator.quantifier() == Quantifier.ANY) {
          organizations.addAll(named(values, OrganizationId::ofPath));
        }
      }
      case "aws:principalaccount", "aws:sourceaccount" -> {
        if (comparesStrings) {
          accounts.addAll(named(values, ConditionScope::account));
        }
      }
      case "aws:principalarn" -> {
        if (comparesArns) {
          accounts.addAll(named(values, ConditionScope::accountOfPrincipal));
        }
      }
      case "aws:sourcearn" -> {
        if (comparesArns) {
          boolean isArnOperator = operator.base().startsWith("arn");
          accounts.addAll(
              named(
                  values,
                  isArnOperator
                      ? ConditionScope::accountOfSource
                      : ConditionScope::accountOfSourceWithPlainRegion));
        }
      }
      default -> {}
    }
  }

  private static Optional<String> organization(String text) {
    return Optional.of(text).filter(OrganizationId::isValid);
  }

  private static Optional<String> account(String text) {
    return Optional.of(text).filter(AccountId::isValid);
  }

  /// Such an ARN has no Region, so no wildcard can stand before the account.
  private static Optional<String> accountOfPrincipal(String text) {
    return PrincipalArn.parse(text).map(PrincipalArn::account);
  }

  /// A wildcard of a string operator also matches colons, so that the ARN of another account could
  /// match: the Region, which comes before the account, must not contain one.
  private static Optional<String> accountOfSourceWithPlainRegion(String text) {
    return Arn.parse(text).filter(Arn::hasPlainRegion).flatMap(arn -> account(arn.account()));
  }

  /// The Arn operators match each part of an ARN by itself, so the Region may contain a wildcard.
  private static Optional<String> accountOfSource(String text) {
    return Arn.parse(text).flatMap(arn -> account(arn.account()));
  }

  /// The account or organization that each value names. Empty if any value does not name exactly
  /// one, because IAM combines the values of a key with OR.
  private static List<String> named(List<Json> values, Function<String, Optional<String>> name) {
    List<String> named = new ArrayList<>();
    for (Json value : values) {
      Optional<String> one = Scalars.text(value).flatMap(name);
      if (one.isEmpty()) {
        return List.of();
      }
      named.add(one.get());
    }
    return named;
  }
}
