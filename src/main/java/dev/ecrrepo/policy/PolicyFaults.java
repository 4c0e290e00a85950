package dev.ecrrepo.policy;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.wording.MistypedText;
import dev.ecrrepo.wording.SpellingSuggestion;
import java.util.List;
import java.util.Optional;

/// Collects the faults of a policy. Has the checks that all parts of a policy share.
record PolicyFaults(List<Fault> faults) {

  /// What is wrong with one string of a policy.
  @FunctionalInterface
  interface Check {
    Optional<Fault> fault(JsonPath at, String value);
  }

  void add(JsonPath at, String problem, String remedy) {
    faults.add(Fault.at(at, problem, remedy));
  }

  void requireKnownMembers(JsonPath at, JsonObject object, List<String> known) {
    for (String name : object.members().keySet()) {
      if (Fault.reachedLimit(faults)) {
        return;
      }
      if (!known.contains(name)) {
        add(
            at.member(name),
            "is not known here",
            SpellingSuggestion.of(name, known)
                .map(nearest -> "Write " + nearest + ".")
                .orElse("Known are " + String.join(", ", known) + "."));
      }
    }
  }

  /// Whether an unknown member is probably `name`, misspelt. It is reported as unknown, so `name`
  /// is not also reported as missing.
  boolean isMisspelt(String name, JsonObject object, List<String> known) {
    return object.members().keySet().stream()
        .filter(member -> !known.contains(member))
        .limit(Fault.MAX_FAULTS)
        .anyMatch(member -> SpellingSuggestion.of(member, known).filter(name::equals).isPresent());
  }

  /// The one of two members that is there; a fault if both are, or if none is and none is misspelt.
  Optional<String> requireOneOf(
      JsonPath at,
      JsonObject object,
      List<String> known,
      String one,
      String other,
      String example) {
    boolean hasOne = object.get(one).isPresent();
    boolean hasOther = object.get(other).isPresent();
    if (hasOne && hasOther) {
      add(at, "has both %s and %s".formatted(one, other), "Keep one of them.");
      return Optional.empty();
    }
    if (!hasOne && !hasOther) {
      if (isMisspelt(one, object, known) || isMisspelt(other, object, known)) {
        return Optional.empty();
      }
      add(at, "has no " + one, "Add " + example + ".");
      return Optional.empty();
    }
    return Optional.of(hasOne ? one : other);
  }

  boolean requireString(JsonPath at, Json value) {
    if (value instanceof JsonString) {
      return true;
    }
    addNotString(at, value);
    return false;
  }

  void addNotString(JsonPath at, Json value) {
    add(at, "must be a string, but is " + value.kind(), "Write a string.");
  }

  /// A string or a list of strings, each handed to `check`; a number is checked as its text.
  void requireStrings(JsonPath at, Json value, Check check) {
    switch (value) {
      case JsonArray(List<Json> none) when none.isEmpty() ->
          add(at, "is an empty list", "Name at least one.");
      case JsonArray(List<Json> many) -> {
        for (int i = 0; i < many.size() && !Fault.reachedLimit(faults); i++) {
          scalar(at.element(i), many.get(i), check);
        }
      }
      case Json one -> scalar(at, one, check);
    }
  }

  private void scalar(JsonPath at, Json value, Check check) {
    switch (value) {
      case JsonString(String text) when text.isEmpty() ->
          add(at, "is empty", "Write a value, or remove it.");
      case JsonString(String text) -> text(at, text, check);
      case Json.JsonNumber(String text) -> check.fault(at, text).ifPresent(faults::add);
      default -> addNotString(at, value);
    }
  }

  /// A reference that nobody resolved, or an invisible character, explains more than what `check`
  /// says.
  private void text(JsonPath at, String text, Check check) {
    check
        .fault(at, text)
        .map(fault ->
            MistypedText.explain(text, at, other -> check.fault(at, other).isEmpty()).orElse(fault))
        .ifPresent(faults::add);
  }
}
