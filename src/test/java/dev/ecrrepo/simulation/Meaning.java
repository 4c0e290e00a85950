package dev.ecrrepo.simulation;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// What a policy says, however it is printed; not the provider's own way of telling it.
final class Meaning {

  private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();
  private static final Map<String, Map<String, String>> UNITS = new ConcurrentHashMap<>();

  private Meaning() {}

  /// Empty for no policy, and for one with nothing but Lambda's own statement.
  static String of(String policy) {
    return policy == null ? "" : KNOWN.computeIfAbsent(policy, Meaning::read);
  }

  private static String read(String policy) {
    if (!(parsed(policy) instanceof JsonObject(Map<String, Json> members))) {
      return policy;
    }
    Map<String, Json> rest = new LinkedHashMap<>(members);
    if (rest.get("Statement") != null) {
      List<Json> others = list(rest.get("Statement")).stream().filter(s -> !isLambdas(s)).toList();
      if (others.isEmpty()) {
        return "";
      }
      rest.put("Statement", Json.array(others));
    }
    return level("", Json.object(rest));
  }

  static Json parsed(String text) {
    try {
      return Json.parse(text);
    } catch (JsonSyntaxException _) {
      return Json.of(text);
    }
  }

  private static boolean isLambdas(Json statement) {
    return statement instanceof JsonObject object
        && object.string("Sid").filter("LambdaECRImageRetrievalPolicy"::equals).isPresent()
        && object.toString().contains("aws:sourceArn");
  }

  static List<Json> list(Json value) {
    return value instanceof JsonArray(List<Json> many) ? many : List.of(value);
  }

  private static String level(String key, Json value) {
    return switch (value) {
      case JsonObject(Map<String, Json> members) -> {
        Map<String, String> sorted = new TreeMap<>();
        members.forEach((name, member) -> sorted.put(name, level(name, member)));
        if (key.equals("selection")) {
          sorted.putIfAbsent("storageClass", "standard");
        }
        yield sorted.toString();
      }
      case JsonArray(List<Json> elements) -> {
        TreeSet<String> set = new TreeSet<>();
        elements.forEach(element -> set.add(level(key, element)));
        yield set.size() == 1 ? set.first() : set.toString();
      }
      case JsonString(String text) ->
          key.equals("Principal") && text.equals("*")
              ? "{AWS=*}"
              : text.matches("arn:aws:iam::\\d{12}:root") ? text.substring(13, 25) : text;
      default -> value.toString();
    };
  }

  /// Each principal of each statement, in levelled form, with a statement that says only this.
  static Map<String, String> units(String policy) {
    return policy == null ? Map.of() : UNITS.computeIfAbsent(policy, Meaning::readUnits);
  }

  private static Map<String, String> readUnits(String policy) {
    Map<String, String> units = new LinkedHashMap<>();
    if (!(parsed(policy) instanceof JsonObject object)) {
      return units;
    }
    for (Json json : list(object.get("Statement").orElse(Json.array(List.of())))) {
      if (!(json instanceof JsonObject(Map<String, Json> members)) || isLambdas(json)) {
        continue;
      }
      for (Json principal : principals(members.get("Principal"))) {
        Map<String, Json> unit = new LinkedHashMap<>(members);
        unit.remove("Sid");
        if (principal != null) {
          unit.put("Principal", principal);
        }
        units.put(level("", Json.object(unit)), Json.object(unit).toString());
      }
    }
    return units;
  }

  private static List<Json> principals(Json value) {
    if (!(value instanceof JsonObject(Map<String, Json> kinds))) {
      List<Json> one = new ArrayList<>();
      one.add(value);
      return one;
    }
    List<Json> each = new ArrayList<>();
    kinds.forEach((kind, ids) -> list(ids).forEach(id -> each.add(Json.object(Map.of(kind, id)))));
    return each;
  }
}
