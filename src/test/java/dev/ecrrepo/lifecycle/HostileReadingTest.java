package dev.ecrrepo.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.FaultLines;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonNull;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever is written, it is read or there is a fault, and what is read is valid.
class HostileReadingTest {

  private static final List<Json> ODD =
      List.of(
          new JsonNull(),
          Json.of(""),
          Json.of("Never"),
          Json.of("*a*b*c*d*e*"),
          Json.of("-1"),
          Json.of("99999999999999999999"),
          Json.of(true),
          new JsonNumber("1.5"),
          Json.array(List.of()),
          Json.array(List.of(Json.of("v*"), Json.of(1))),
          JsonObject.EMPTY,
          Json.of("archive"),
          Json.of("any"));

  private final IndependentCheck independent = new IndependentCheck();

  @Test
  void brokenPropertiesAreFaultsAndNeverAnException() {
    int refused = 0;
    for (int seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      RandomLifecycle lifecycle = new RandomLifecycle(random);
      JsonObject broken = (JsonObject) breakOne(lifecycle.properties(), random);
      List<Fault> faults = new ArrayList<>();
      Optional<LifecyclePolicy> policy =
          StatedLifecycle.read(broken, faults)
              .withDefaultsOf(lifecycle.profile().properties())
              .policy()
              .addFaultsTo(faults);
      String about = "seed " + seed + ": " + broken + "\n" + FaultLines.of(faults);
      if (faults.isEmpty()) {
        policy.ifPresent(
            valid -> assertEquals(List.of(), independent.objections(valid.text()), about));
      } else {
        refused++;
        faults.forEach(fault -> readsWell(fault, about));
      }
    }
    assertTrue(refused > 1000, "refused: " + refused);
  }

  @Test
  void aBrokenPolicyIsAcceptedExactlyIfTheIndependentCheckAcceptsIt() {
    int refused = 0;
    int accepted = 0;
    for (int seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      RandomLifecycle lifecycle = new RandomLifecycle(random);
      Optional<LifecyclePolicy> policy =
          StatedLifecycle.read(lifecycle.properties(), new ArrayList<>())
              .withDefaultsOf(lifecycle.profile().properties())
              .policy()
              .value();
      if (policy.isEmpty()) {
        continue;
      }
      Json broken = breakOne(policy.get().document(), random);
      List<Fault> faults = new ArrayList<>();
      Optional<LifecyclePolicy> read =
          LifecyclePolicyTextReader.read(Json.of(broken.toString()), JsonPath.of("P"))
              .addFaultsTo(faults);
      String about = "seed " + seed + ": " + broken + "\n" + FaultLines.of(faults);
      assertEquals(faults.isEmpty(), read.isPresent(), about);
      if (read.isPresent()) {
        accepted++;
        assertEquals(List.of(), independent.objections(read.get().text()), about);
      } else {
        refused++;
        assertTrue(!independent.objections(broken.toString()).isEmpty(), about);
        faults.forEach(fault -> readsWell(fault, about));
      }
    }
    assertTrue(refused > 800, "refused: " + refused);
    assertTrue(accepted > 200, "accepted: " + accepted);
  }

  private static void readsWell(Fault fault, String about) {
    String sentence = fault.toString();
    assertTrue(sentence.matches("(?s)[A-Za-z]\\S*:? .+\\. .+\\."), sentence + "\n" + about);
    assertTrue(sentence.length() < 400, sentence + "\n" + about);
  }

  /// One value at random is replaced, removed or added.
  private static Json breakOne(Json json, Random random) {
    Json odd = ODD.get(random.nextInt(ODD.size()));
    return switch (json) {
      case JsonObject(Map<String, Json> members) -> {
        if (members.isEmpty()) {
          yield new JsonObject(Map.of("MaxImageCount", odd));
        }
        List<String> keys = List.copyOf(members.keySet());
        String key = keys.get(random.nextInt(keys.size()));
        Map<String, Json> changed = new LinkedHashMap<>(members);
        switch (random.nextInt(10)) {
          case 0 -> changed.remove(key);
          case 1 -> changed.put("countUnit", Json.of("days"));
          case 2 -> changed.put(key, odd);
          default -> changed.put(key, breakOne(members.get(key), random));
        }
        yield new JsonObject(changed);
      }
      case JsonArray(List<Json> elements) when !elements.isEmpty() -> {
        List<Json> changed = new ArrayList<>(elements);
        int at = random.nextInt(elements.size());
        switch (random.nextInt(8)) {
          case 0 -> changed.add(elements.get(at));
          case 1 -> changed.remove(at);
          default -> changed.set(at, breakOne(elements.get(at), random));
        }
        yield new JsonArray(changed);
      }
      default -> odd;
    };
  }
}
