package dev.ecrrepo.policy;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.policy.ConditionOperator.Quantifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// To whom conditions hold a statement, as far as that is certain: by keys that IAM itself fills
/// in, by operators that are false where the key is absent, with values that name one each.
/// Anything else, such as `StringNotEquals`, `…IfExists`, `Null`, `ForAllValues` or a wildcard,
/// holds nobody back.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
///
/// @param organizations IDs; both empty: nobody is held back
/// @param accounts IDs
record ConditionScope(Set<String> organizations, Set<String> accounts) {

  private static final Set<String> STRINGS =
      Set.of("stringequals", "stringequalsignorecase", "stringlike");
  private static final Set<String> ARNS =
      Set.of("arnequals", "arnlike", "stringequals", "stringlike");

  private static final Pattern ORGANIZATION = Pattern.compile("(o-[a-z0-9]{10,32})");
  private static final Pattern PATH = Pattern.compile("(o-[a-z0-9]{10,32})/.*", Pattern.DOTALL);
  private static final Pattern ACCOUNT = Pattern.compile("([0-9]{12})");
  // No wildcard before the account: in a string it matches colons too, so that another account's
  // ARN could imitate this one. Arn operators match each part by itself; there the Region may be
  // one.
  private static final Pattern PRINCIPAL_ARN =
      Pattern.compile("arn:[a-z-]++:(?:iam|sts)::([0-9]{12}):.+", Pattern.DOTALL);
  private static final Pattern SOURCE_ARN =
      Pattern.compile("arn:[a-z-]++:[a-z0-9-]++:[a-z0-9-]*+:([0-9]{12}):.+", Pattern.DOTALL);
  private static final Pattern SOURCE_ARN_ANY_REGION =
      Pattern.compile("arn:[a-z-]++:[a-z0-9-]++:[a-z0-9*-]*+:([0-9]{12}):.+", Pattern.DOTALL);

  static ConditionScope of(Optional<Json> condition) {
    ConditionScope reach = new ConditionScope(new LinkedHashSet<>(), new LinkedHashSet<>());
    if (condition.orElse(JsonObject.EMPTY) instanceof JsonObject operators) {
      values(operators).forEach(reach::add);
    }
    return reach;
  }

  private record Key(String operator, String key) {}

  /// Two spellings of one operator and key count as one with the values of both: whichever way IAM
  /// reads them, it reaches no further.
  private static Map<Key, List<Json>> values(JsonObject operators) {
    Map<Key, List<Json>> values = new LinkedHashMap<>();
    operators
        .members()
        .forEach((operator, keys) -> {
          if (keys instanceof JsonObject(Map<String, Json> members)) {
            members.forEach((key, value) ->
                values
                    .computeIfAbsent(
                        new Key(operator.toLowerCase(Locale.ROOT), key.toLowerCase(Locale.ROOT)),
                        _ -> new ArrayList<>())
                    .addAll(PolicyDocument.elements(value)));
          }
        });
    return values;
  }

  private void add(Key key, List<Json> values) {
    ConditionOperator operator = ConditionOperator.of(key.operator());
    if (operator.ifExists() || operator.set() == Quantifier.ALL) {
      return;
    }
    boolean any = operator.set() == Quantifier.ANY;
    switch (key.key()) {
      case "aws:principalorgid", "aws:sourceorgid" ->
          organizations.addAll(named(ORGANIZATION, STRINGS.contains(operator.base()), values));
      // A key of several values, for which an operator without ForAnyValue is not defined.
      case "aws:principalorgpaths", "aws:sourceorgpaths" ->
          organizations.addAll(named(PATH, any && STRINGS.contains(operator.base()), values));
      case "aws:principalaccount", "aws:sourceaccount" ->
          accounts.addAll(named(ACCOUNT, STRINGS.contains(operator.base()), values));
      case "aws:principalarn" ->
          accounts.addAll(named(PRINCIPAL_ARN, ARNS.contains(operator.base()), values));
      case "aws:sourcearn" ->
          accounts.addAll(
              named(
                  operator.base().startsWith("arn") ? SOURCE_ARN_ANY_REGION : SOURCE_ARN,
                  ARNS.contains(operator.base()),
                  values));
      default -> {}
    }
  }

  /// What each value names; nothing if any names no single one, for the values are alternatives.
  private static List<String> named(Pattern pattern, boolean restricts, List<Json> values) {
    if (!restricts) {
      return List.of();
    }
    List<String> named = new ArrayList<>();
    for (Json value : values) {
      String text =
          switch (value) {
            case JsonString(String written) -> written;
            case JsonNumber(String written) -> written;
            default -> "";
          };
      Matcher matcher = pattern.matcher(text);
      if (!matcher.matches()) {
        return List.of();
      }
      named.add(matcher.group(1));
    }
    return named;
  }
}
