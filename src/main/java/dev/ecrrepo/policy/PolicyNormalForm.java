package dev.ecrrepo.policy;

import dev.ecrrepo.document.CanonicalJson;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonBoolean;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.identifier.PrincipalArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The form of a policy document that is equal for two documents with the same meaning. ECR returns
/// a policy in another form than it was written: a list of one element as a scalar, an account ID
/// as the ARN of its root, principals in another order.
///
/// Only differences that are known to have no meaning are removed. Everything else, such as unknown
/// members, is kept and makes two documents different.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
final class PolicyNormalForm {

  private PolicyNormalForm() {}

  static Json of(JsonObject document) {
    Map<String, Json> members = new TreeMap<>(document.members());
    // A policy without a version has the older one.
    members.putIfAbsent("Version", Json.of(PolicyDocument.VERSION_IF_ABSENT));
    members.computeIfPresent("Statement", (_, statements) -> statements(statements));
    return CanonicalJson.sortKeys(new JsonObject(members));
  }

  /// One statement without its Sid: equal for two statements with the same meaning.
  static Json meaning(Json statement) {
    if (!(statement instanceof JsonObject object)) {
      return statement;
    }
    Map<String, Json> members = new TreeMap<>(object.members());
    members.remove("Sid");
    return statement(new JsonObject(members));
  }

  private static Json statements(Json statements) {
    return CanonicalJson.asSet(
        Json.array(
            PolicyDocument.elements(statements).stream()
                .map(each -> each instanceof JsonObject object ? statement(object) : each)
                .toList()));
  }

  private static Json statement(JsonObject statement) {
    Map<String, Json> members = new TreeMap<>();
    statement
        .members()
        .forEach((key, value) -> {
          switch (key) {
            case "Principal", "NotPrincipal" -> members.put(key, principal(value));
            case "Action", "NotAction" -> members.put(key, set(value, PolicyNormalForm::lower));
            case "Resource", "NotResource" -> members.put(key, set(value));
            case "Condition" -> members.put(key, condition(value));
            default -> members.put(key, value);
          }
        });
    // An empty Sid and an empty Condition mean the same as none. So does Resource "*", because the
    // policy is attached to one repository.
    members.remove("Sid", Json.of(""));
    members.remove("Condition", Json.array(List.of()));
    members.remove("Resource", Json.strings(List.of("*")));
    return CanonicalJson.sortKeys(new JsonObject(members));
  }

  private static Json principal(Json value) {
    if (value.equals(Json.of("*"))) {
      return Json.object(Map.of("AWS", set(value)));
    }
    if (!(value instanceof JsonObject(Map<String, Json> members))) {
      return value;
    }
    Map<String, Json> sets = new TreeMap<>();
    members.forEach((kind, ids) ->
        sets.put(
            kind,
            set(ids, kind.equals("AWS") ? PrincipalArn::accountOfRoot : UnaryOperator.identity())));
    return new JsonObject(sets);
  }

  /// Operators and keys in lower case, as triples: two spellings of one key stay two triples.
  private static Json condition(Json condition) {
    if (!(condition instanceof JsonObject(Map<String, Json> operators))) {
      return condition;
    }
    List<Json> triples = new ArrayList<>();
    operators.forEach((operator, keys) -> {
      if (keys instanceof JsonObject(Map<String, Json> values)) {
        values.forEach((key, value) ->
            triples.add(
                Json.array(List.of(Json.of(lower(operator)), Json.of(lower(key)), set(value)))));
      } else {
        triples.add(Json.array(List.of(Json.of(lower(operator)), keys)));
      }
    });
    return CanonicalJson.asSet(Json.array(triples));
  }

  private static JsonArray set(Json value) {
    return set(value, UnaryOperator.identity());
  }

  private static JsonArray set(Json value, UnaryOperator<String> normalize) {
    return CanonicalJson.asSet(
        Json.array(
            PolicyDocument.elements(value).stream().map(e -> scalar(e, normalize)).toList()));
  }

  /// CloudFormation makes every scalar a string; in a policy `true` and `"true"` are the same.
  private static Json scalar(Json value, UnaryOperator<String> normalize) {
    return switch (value) {
      case JsonString(String text) -> Json.of(normalize.apply(text));
      case JsonNumber(String text) -> Json.of(text);
      case JsonBoolean(boolean yes) -> Json.of(Boolean.toString(yes));
      default -> value;
    };
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
