package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Properties that are right one by one, in any combination, and images that they may hit.
final class RandomLifecycle {

  private static final List<String> TAGS =
      List.of("v1", "v2", "v10", "release-1", "release-2", "prod-1", "main-7", "lts", "x-lts", "p");
  private static final List<String> PATTERNS =
      List.of("v*", "release*", "prod-*", "*lts", "*", "main-7", "*-*", "v**", "lts", "p*d*");
  private static final List<String> PREFIXES = List.of("v", "release", "prod-", "main", "lts", "p");

  private static final List<ProfileRules> PROFILES = List.of(ProfileRules.values());

  private final RandomGenerator random;

  RandomLifecycle(RandomGenerator random) {
    this.random = random;
  }

  ProfileRules profile() {
    return PROFILES.get(random.nextInt(PROFILES.size()));
  }

  JsonObject properties() {
    Map<String, Json> properties = new LinkedHashMap<>();
    if (chance(50)) {
      properties.put("ProtectedTags", Json.strings(some(PATTERNS, 3)));
    }
    if (chance(70)) {
      List<Json> rules = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        rules.add(rule());
      }
      properties.put("LifecycleRules", Json.array(rules));
    }
    if (chance(30)) {
      properties.put("ExpireUntaggedAfterDays", daysOrNever());
    }
    if (chance(15)) {
      properties.put("MaxImageCount", number(1, 20));
    }
    if (chance(15)) {
      properties.put("ExpireAllImagesAfterDays", daysOrNever());
    }
    return new JsonObject(properties);
  }

  private Json rule() {
    Map<String, Json> rule = new LinkedHashMap<>();
    if (chance(20)) {
      rule.put("Description", Json.of("because \"it\" is so"));
    }
    switch (random.nextInt(6)) {
      case 0 -> rule.put("TagPrefixList", Json.strings(some(PREFIXES, 2)));
      case 1, 2 -> rule.put("TagPatternList", Json.strings(some(PATTERNS, 2)));
      case 3 -> rule.put("ForEachTagPattern", Json.strings(some(PATTERNS, 3)));
      case 4 -> rule.put("TagStatus", Json.of("untagged"));
      default -> {
        if (chance(50)) {
          rule.put("TagStatus", Json.of("any"));
        }
      }
    }
    switch (random.nextInt(5)) {
      case 0 -> rule.put("MaxImageCount", number(1, 10));
      case 1 -> rule.put("MaxImageAgeDays", number(1, 200));
      case 2 -> rule.put("DaysSinceLastPull", number(1, 200));
      default -> {
        rule.put("DaysSinceArchived", number(90, 300));
        if (chance(50)) {
          rule.put("StorageClass", Json.of("Archive"));
        }
      }
    }
    if (!rule.containsKey("DaysSinceArchived") && chance(30)) {
      rule.put("Action", Json.of("Archive"));
    }
    return new JsonObject(rule);
  }

  List<Image> images(Instant now) {
    List<Image> images = new ArrayList<>();
    for (int i = random.nextInt(25); i >= 0; i--) {
      Instant pushed = now.minus(Duration.ofDays(random.nextInt(600))).minusSeconds(i);
      Image image = Image.pushed("image " + i, pushed, some(TAGS, 3).toArray(String[]::new));
      image = chance(30) ? image.tagged() : image;
      image = chance(40) ? image.pulled(between(pushed, now)) : image;
      image = chance(15) ? image.restored(between(pushed, now)) : image;
      images.add(chance(30) ? image.archived(between(pushed, now)) : image);
    }
    return images;
  }

  private Instant between(Instant from, Instant to) {
    return from.plusSeconds(random.nextLong(Duration.between(from, to).toSeconds() + 1));
  }

  private List<String> some(List<String> of, int most) {
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(most); i >= 0; i--) {
      String one = of.get(random.nextInt(of.size()));
      if (!some.contains(one)) {
        some.add(one);
      }
    }
    return some;
  }

  private Json daysOrNever() {
    return chance(25) ? Json.of("Never") : number(1, 100);
  }

  private Json number(int least, int most) {
    int number = random.nextInt(least, most + 1);
    return chance(50) ? Json.of(number) : Json.of(Integer.toString(number));
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
