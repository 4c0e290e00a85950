package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The members of one object of a policy document while it is read: what is wrong becomes a fault,
/// what is right its normal form. An object that could not be read, or is not there, has been
/// reported once and gives no further faults.
final class Members {

  private final JsonPath at;
  private final Map<String, Json> members;
  private final List<Fault> faults;

  private Members(JsonPath at, Map<String, Json> members, List<Fault> faults) {
    this.at = at;
    this.members = new LinkedHashMap<>(members);
    this.faults = faults;
  }

  /// @param keys those that ECR knows; each other one is a fault
  static Members of(Json value, JsonPath at, List<String> keys, List<Fault> faults) {
    String known = String.join(", ", keys);
    if (!(value instanceof JsonObject(Map<String, Json> members)) || members.isEmpty()) {
      String problem =
          value instanceof JsonObject ? "is empty" : "is " + value.kind() + ", not an object";
      faults.add(Fault.at(at, problem, "Write an object with the keys " + known + "."));
      return new Members(at, Map.of(), faults);
    }
    for (String key : members.keySet()) {
      if (Fault.enough(faults)) {
        break;
      }
      if (!keys.contains(key)) {
        faults.add(
            Fault.at(
                at.member(key),
                "is not a key that ECR knows here",
                "Remove it, or write one of " + known + "."));
      }
    }
    return new Members(at, members, faults);
  }

  /// The object at a key that is required.
  Members part(String key, List<String> keys) {
    Json value = members.get(key);
    if (value != null) {
      return of(value, at.member(key), keys, faults);
    }
    missing(key, "an object with the keys " + String.join(", ", keys));
    return new Members(at.member(key), Map.of(), faults);
  }

  /// The integer at a key that is required; it becomes a number in the normal form.
  Optional<Integer> number(String key, int least, String wanted) {
    Json value = members.get(key);
    if (value == null) {
      missing(key, wanted);
      return Optional.empty();
    }
    Optional<Integer> number = WholeNumber.read(value, at.member(key), least, wanted, faults);
    number.ifPresent(n -> members.put(key, Json.of(n)));
    return number;
  }

  /// One of these words, at a key that is required.
  Optional<String> requiredWord(String key, String... words) {
    if (!members.containsKey(key)) {
      missing(key, oneOf(words));
    }
    return word(key, words);
  }

  /// One of these words, if the key is there.
  Optional<String> word(String key, String... words) {
    Json value = members.get(key);
    for (String word : words) {
      if (new JsonString(word).equals(value)) {
        return Optional.of(word);
      }
    }
    if (value != null) {
      fault(key, Fault.quote(value) + " is not known here", "Write " + oneOf(words) + ".");
    }
    return Optional.empty();
  }

  private static String oneOf(String... words) {
    return (words.length == 1 ? "" : "one of ") + String.join(", ", words);
  }

  private void missing(String key, String wanted) {
    if (!members.isEmpty()) {
      fault("has no " + key, "Add " + key + ": " + wanted + ".");
    }
  }

  boolean has(String key) {
    return members.containsKey(key);
  }

  Optional<Json> get(String key) {
    return Optional.ofNullable(members.get(key));
  }

  void put(String key, Members part) {
    if (has(key)) {
      members.put(key, part.json());
    }
  }

  JsonPath path(String key) {
    return at.member(key);
  }

  /// A fault of the object as a whole.
  void fault(String problem, String remedy) {
    faults.add(Fault.at(at, problem, remedy));
  }

  /// A fault of one member.
  void fault(String key, String problem, String remedy) {
    faults.add(Fault.at(at.member(key), problem, remedy));
  }

  /// The normal form.
  Json json() {
    return new JsonObject(members);
  }
}
