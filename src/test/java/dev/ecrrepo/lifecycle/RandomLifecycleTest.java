package dev.ecrrepo.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.FaultLines;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.PrettyJson;
import dev.ecrrepo.lifecycle.LifecycleEvaluator.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Twenty thousand combinations of lifecycle properties, from one seed each.
class RandomLifecycleTest {

  private static final int COMBINATIONS = 20_000;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final IndependentCheck independent = new IndependentCheck();

  @Test
  void whateverIsWishedEcrAcceptsItOrTheAuthorIsToldWhyNot() {
    int policies = 0;
    int refusals = 0;
    for (int seed = 0; seed < COMBINATIONS; seed++) {
      RandomLifecycle lifecycle = new RandomLifecycle(new Random(seed));
      JsonObject properties = lifecycle.properties();
      String about = "seed " + seed + ": " + properties;
      List<Fault> faults = new ArrayList<>();
      LifecycleProperties joined =
          StatedLifecycle.read(properties, faults).withDefaultsOf(lifecycle.profile().properties());
      assertEquals("", FaultLines.of(faults), about);
      Optional<LifecyclePolicy> policy = joined.policy().addFaultsTo(faults);
      if (policy.isPresent()) {
        policies++;
        isAcceptedByBoth(policy.get(), about);
        saysTheSameAfterAnyReprint(policy.get(), seed, about);
      } else if (!faults.isEmpty()) {
        refusals++;
        assertTrue(isRightlyRefused(joined), about + "\n" + FaultLines.of(faults));
      }
    }
    assertTrue(policies > COMBINATIONS / 4, "policies: " + policies);
    assertTrue(refusals > COMBINATIONS / 10, "refusals: " + refusals);
  }

  private void isAcceptedByBoth(LifecyclePolicy policy, String about) {
    assertEquals(List.of(), independent.objections(policy.text()), about);
    List<Fault> faults = new ArrayList<>();
    Optional<LifecyclePolicy> read =
        LifecyclePolicyTextReader.read(Json.of(policy.text()), JsonPath.of("P"))
            .addFaultsTo(faults);
    assertEquals("", FaultLines.of(faults), about);
    assertEquals(Optional.of(policy), read, about);
  }

  private static void saysTheSameAfterAnyReprint(LifecyclePolicy policy, int seed, String about) {
    Json reprint = new Reprint(new Random(seed)).of(policy.document());
    assertTrue(policy.sameAs(LifecyclePolicy.live(PrettyJson.of(reprint))), about + "\n" + reprint);
    String other = policy.text().replaceFirst("\"countNumber\":", "\"countNumber\":1");
    assertFalse(policy.sameAs(LifecyclePolicy.live(other)), about);
  }

  /// ECR objects itself, or two rules are for the same tags in different words, so that the second
  /// one would never act.
  private boolean isRightlyRefused(LifecycleProperties joined) {
    LifecycleRules rules = LifecycleRules.of(joined);
    if (!independent.objections(rules.document().toString()).isEmpty()) {
      return true;
    }
    List<List<String>> tags = new ArrayList<>();
    for (SourcedRule sourced : rules.rules()) {
      LifecycleRule rule = sourced.rule();
      List<String> words =
          switch (rule.selection()) {
            case Selection.Prefixes(List<String> prefixes) ->
                prefixes.stream().map(prefix -> prefix + "*").toList();
            case Selection.Patterns(List<TagPattern> patterns) ->
                patterns.stream().map(pattern -> pattern.text().replace("**", "*")).toList();
            case Selection.AnyImage _ -> List.of();
            case Selection.Untagged _ -> List.of();
          };
      List<String> key = new ArrayList<>(words.stream().distinct().sorted().toList());
      key.add(rule.storageClass().name());
      if (!words.isEmpty() && tags.contains(key)) {
        return true;
      }
      tags.add(key);
    }
    return false;
  }

  @Test
  void aProtectedImageNeverExpiresAndIsNeverArchived() {
    int threatened = 0;
    for (int seed = 0; seed < COMBINATIONS; seed++) {
      RandomLifecycle lifecycle = new RandomLifecycle(new Random(seed));
      JsonObject properties = lifecycle.properties();
      ProfileRules profile = lifecycle.profile();
      Optional<LifecyclePolicy> policy = policy(properties, profile);
      if (policy.isEmpty() || properties.get("ProtectedTags").isEmpty()) {
        continue;
      }
      List<Image> images = lifecycle.images(NOW);
      Outcome outcome = new LifecycleEvaluator(policy.get().text()).evaluate(images, NOW);
      Optional<Outcome> unprotected =
          policy(without("ProtectedTags", properties), profile)
              .map(open -> new LifecycleEvaluator(open.text()).evaluate(images, NOW));
      for (Image image : images) {
        if (isProtected(image, properties)) {
          String about = "seed " + seed + ": " + image + "\n" + properties;
          assertFalse(outcome.expired().contains(image.name()), about);
          assertFalse(outcome.archived().contains(image.name()), about);
          threatened +=
              unprotected
                      .filter(o ->
                          o.expired().contains(image.name()) || o.archived().contains(image.name()))
                      .isPresent()
                  ? 1
                  : 0;
        }
      }
    }
    assertTrue(threatened > 1000, "images that protection saved: " + threatened);
  }

  /// What the documentation says that ECR cannot do, found and not asserted by hand.
  @Test
  void protectionEndsWithTheTagAndDoesNotKeepAnImageOutOfTheArchiveByHand() throws Exception {
    Optional<LifecyclePolicy> policy =
        policy(
            (JsonObject)
                Json.parse("{\"ProtectedTags\": [\"lts\"], \"ExpireAllImagesAfterDays\": 1}"),
            ProfileRules.NATIVE);
    RepositoryLife life = new RepositoryLife(policy);
    life.push("first", "lts");
    life.days(30);
    life.push("second", "lts");
    life.days(1);
    assertEquals(List.of("second"), life.live(), "the tag moved on, and protection with it");
    life.archive("second");
    life.days(1);
    assertEquals(List.of("second"), life.archived(), "people may archive what is protected");
  }

  @Test
  void withoutItsOwnRuleAnImageArchivedByHandWouldExpire() throws Exception {
    Optional<LifecyclePolicy> policy =
        policy(
            (JsonObject)
                Json.parse(
                    "{\"ProtectedTags\": [\"lts\"], \"LifecycleRules\": [{\"DaysSinceArchived\":"
                        + " 90}]}"),
            ProfileRules.NATIVE);
    JsonObject document = policy.orElseThrow().document();
    List<Json> rules = ((JsonArray) document.get("rules").orElseThrow()).elements();
    List<Json> unshielded = new ArrayList<>(rules);
    unshielded.removeIf(rule ->
        ((JsonObject) rule).string("description").orElseThrow().startsWith("Keep all")
            || ((JsonObject) rule).string("description").orElseThrow().startsWith("Keep archived"));
    assertNotEquals(rules, unshielded);
    Image image =
        Image.pushed("by hand", NOW.minus(Duration.ofDays(200)), "lts")
            .archived(NOW.minus(Duration.ofDays(100)));
    assertEquals(
        List.of(),
        List.copyOf(
            new LifecycleEvaluator(document.toString()).evaluate(List.of(image), NOW).expired()));
    String without = Json.object(Map.of("rules", Json.array(unshielded))).toString();
    assertEquals(
        List.of("by hand"),
        List.copyOf(new LifecycleEvaluator(without).evaluate(List.of(image), NOW).expired()));
  }

  private static Optional<LifecyclePolicy> policy(JsonObject properties, ProfileRules profile) {
    List<Fault> faults = new ArrayList<>();
    return StatedLifecycle.read(properties, faults)
        .withDefaultsOf(profile.properties())
        .policy()
        .addFaultsTo(faults);
  }

  private static JsonObject without(String key, JsonObject properties) {
    var members = new LinkedHashMap<>(properties.members());
    members.remove(key);
    return new JsonObject(members);
  }

  private static boolean isProtected(Image image, JsonObject properties) {
    return ((JsonArray) properties.get("ProtectedTags").orElseThrow())
        .elements().stream()
            .map(tag -> ((JsonString) tag).value().replace("*", ".*"))
            .map(Pattern::compile)
            .anyMatch(tag -> image.tags().stream().anyMatch(t -> tag.matcher(t).matches()));
  }

  /// Everything that ECR may print otherwise than it was given, at random.
  private record Reprint(Random random) {

    Json of(Json json) {
      return switch (json) {
        case JsonObject object -> {
          var entries = new ArrayList<>(object.members().entrySet());
          Collections.shuffle(entries, random);
          var members = new LinkedHashMap<String, Json>();
          entries.forEach(entry -> members.put(entry.getKey(), of(entry.getValue())));
          if (members.containsKey("tagStatus") && random.nextBoolean()) {
            members.putIfAbsent("storageClass", Json.of("standard"));
          }
          yield new JsonObject(members);
        }
        case JsonArray(List<Json> elements) -> {
          List<Json> shuffled = new ArrayList<>(elements.stream().map(this::of).toList());
          Collections.shuffle(shuffled, random);
          yield Json.array(shuffled);
        }
        default -> json;
      };
    }
  }
}
