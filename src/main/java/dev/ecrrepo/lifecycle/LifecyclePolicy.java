package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.CanonicalJson;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.JsonSyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A lifecycle policy document that ECR accepts.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
public record LifecyclePolicy(JsonObject document) {

  /// Reads a policy that an author wrote in ECR's own words, as an object or as JSON text. In the
  /// object CloudFormation has made a string of every number; they become numbers again. Everything
  /// else stays as written, key order included.
  ///
  /// @param at where the policy stands, for the faults
  /// @return nothing where there is a fault
  public static Optional<LifecyclePolicy> read(Json objectOrText, JsonPath at, List<Fault> faults) {
    Json document = objectOrText;
    if (objectOrText instanceof JsonString(String text)) {
      try {
        document = Json.parse(text);
      } catch (JsonSyntaxException e) {
        faults.add(
            Fault.at(
                at,
                "is not JSON: " + e.getMessage(),
                "Mend the text there, or write the policy as an object in the template."));
        return Optional.empty();
      }
    }
    return PolicyGrammar.read(document, at, faults).map(LifecyclePolicy::new);
  }

  /// As it is sent to ECR.
  public String text() {
    return document.toString();
  }

  /// Whether the policy that ECR gave back means the same, however it is printed.
  public boolean sameAs(String live) {
    try {
      return live.equals(text()) || meaning(Json.parse(live)).equals(meaning(document));
    } catch (JsonSyntaxException _) {
      return false;
    }
  }

  /// A form that is equal for policies of the same meaning: keys sorted, rules in the order of
  /// their priority, the default storage class written out, tag lists as sets. Whatever is unknown
  /// stays in it and makes a difference.
  private static Json meaning(Json policy) {
    Json sorted = CanonicalJson.sortKeys(policy);
    if (!(sorted instanceof JsonObject(Map<String, Json> members))
        || !(members.get("rules") instanceof JsonArray(List<Json> rules))) {
      return sorted;
    }
    Map<String, Json> meaning = new TreeMap<>(members);
    meaning.put(
        "rules",
        Json.array(
            rules.stream()
                .map(LifecyclePolicy::ruleMeaning)
                .sorted(Comparator.comparingLong(LifecyclePolicy::priority))
                .toList()));
    return Json.object(meaning);
  }

  private static Json ruleMeaning(Json rule) {
    if (!(rule instanceof JsonObject(Map<String, Json> members))
        || !(members.get("selection") instanceof JsonObject(Map<String, Json> selected))) {
      return rule;
    }
    Map<String, Json> selection = new TreeMap<>(selected);
    selection.putIfAbsent("storageClass", Json.of("standard"));
    selection.computeIfPresent("tagPrefixList", (_, list) -> CanonicalJson.asSet(list));
    selection.computeIfPresent("tagPatternList", (_, list) -> CanonicalJson.asSet(list));
    Map<String, Json> meaning = new TreeMap<>(members);
    meaning.put("selection", Json.object(selection));
    return Json.object(meaning);
  }

  /// Rules without a readable priority go first, in their order.
  private static long priority(Json rule) {
    if (rule instanceof JsonObject object
        && object.get("rulePriority").orElse(null) instanceof JsonNumber(String text)) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException _) {
        return -1;
      }
    }
    return -1;
  }
}
