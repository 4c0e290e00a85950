package dev.ecrrepo.ecr;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonSyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A repository policy as ECR prints it: with the same meaning, in other words. An account is the
/// ARN of its root, a list of one is a scalar, `{"AWS": "*"}` is `"*"`, a role that was deleted is
/// its unique ID, and members have an order of their own.
public final class PrintedPolicy {

  private static final List<String> ORDER =
      List.of("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition");
  private static final Map<String, String> PRINTED = new ConcurrentHashMap<>();

  private PrintedPolicy() {}

  static String of(String text, String account) {
    return PRINTED.computeIfAbsent(account + " " + text, _ -> print(text));
  }

  private static String print(String text) {
    try {
      return Json.parse(text) instanceof JsonObject policy ? document(policy).toString() : text;
    } catch (JsonSyntaxException _) {
      return text;
    }
  }

  /// The same once IAM has deleted this role.
  public static String withDeletedRole(String text, String arn) {
    return text.replace(arn, "AROAEXAMPLEEXAMPLEEX1");
  }

  private static Json document(JsonObject policy) {
    Map<String, Json> members = new LinkedHashMap<>(policy.members());
    members.computeIfPresent(
        "Statement",
        (_, list) ->
            list instanceof JsonArray(List<Json> statements)
                ? Json.array(statements.stream().map(PrintedPolicy::statement).toList())
                : statement(list));
    return Json.object(members);
  }

  private static Json statement(Json json) {
    if (!(json instanceof JsonObject(Map<String, Json> members))) {
      return json;
    }
    Map<String, Json> printed = new LinkedHashMap<>();
    for (String key : ORDER) {
      if (members.containsKey(key)) {
        printed.put(
            key, key.endsWith("Principal") ? principal(members.get(key)) : one(members.get(key)));
      }
    }
    members.forEach(printed::putIfAbsent);
    return Json.object(printed);
  }

  private static Json principal(Json value) {
    if (!(value instanceof JsonObject(Map<String, Json> kinds))) {
      return value;
    }
    if (kinds.size() == 1 && Json.of("*").equals(one(kinds.getOrDefault("AWS", Json.of(""))))) {
      return Json.of("*");
    }
    Map<String, Json> printed = new LinkedHashMap<>();
    kinds.forEach(
        (kind, ids) -> printed.put(kind, kind.equals("AWS") ? one(roots(ids)) : one(ids)));
    return Json.object(printed);
  }

  private static Json roots(Json ids) {
    return ids instanceof JsonArray(List<Json> many)
        ? Json.array(many.reversed().stream().map(PrintedPolicy::root).toList())
        : root(ids);
  }

  private static Json root(Json id) {
    return id instanceof JsonString(String text) && text.matches("\\d{12}")
        ? Json.of("arn:aws:iam::" + text + ":root")
        : id;
  }

  private static Json one(Json value) {
    return value instanceof JsonArray(List<Json> elements) && elements.size() == 1
        ? elements.getFirst()
        : value;
  }
}
