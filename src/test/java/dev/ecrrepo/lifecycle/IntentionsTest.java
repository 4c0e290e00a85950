package dev.ecrrepo.lifecycle;

import static dev.ecrrepo.lifecycle.ProfileRules.DEVELOPMENT;
import static dev.ecrrepo.lifecycle.ProfileRules.NATIVE;
import static dev.ecrrepo.lifecycle.ProfileRules.PRODUCTION;
import static dev.ecrrepo.lifecycle.ProfileRules.SHARED_REGISTRY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ecrrepo.lifecycle.ARealisticYear.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What authors intend, and what becomes of their images: outcomes, not texts.
class IntentionsTest {

  @Test
  void theNewestThreeUntaggedImagesAreKept() {
    RepositoryLife life =
        life(
            PRODUCTION,
            """
            {"LifecycleRules": [{"TagStatus": "untagged", "MaxImageCount": 3}]}
            """);
    pushUntagged(life, 5);
    life.push("tagged", "main-1");
    life.days(100);
    assertEquals(List.of("untagged 3", "untagged 4", "untagged 5", "tagged"), life.live());
  }

  @Test
  void imagesOfEachPatternLiveAsLongAsTheirRuleSays() {
    RepositoryLife life =
        life(
            PRODUCTION,
            """
            {"LifecycleRules": [
              {"TagPatternList": ["pr-*"], "MaxImageAgeDays": 7},
              {"TagPatternList": ["*-rc*"], "MaxImageAgeDays": 30}]}
            """);
    life.push("pull request", "pr-17");
    life.push("candidate", "v2-rc1");
    life.push("version", "v2");
    life.days(8);
    assertEquals(List.of("candidate", "version"), life.live());
    life.days(23);
    assertEquals(List.of("version"), life.live());
    life.days(1000);
    assertEquals(List.of("version"), life.live());
  }

  @Test
  void everyImageExpiresFourteenDaysAfterItsPush() {
    RepositoryLife life = life(NATIVE, "{\"ExpireAllImagesAfterDays\": 14}");
    life.push("tagged", "v1");
    life.push("untagged");
    life.days(14);
    assertEquals(List.of("tagged", "untagged"), life.live());
    life.days(1);
    assertEquals(List.of(), life.live());
  }

  @Test
  void aPolicyInEcrsOwnWordsBeatsEveryOtherPropertyAndTheProfile() {
    RepositoryLife life =
        life(
            DEVELOPMENT,
            """
            {"LifecyclePolicy": {"LifecyclePolicyText": {"rules": [
               {"rulePriority": 1,
                "selection": {"tagStatus": "tagged", "tagPrefixList": ["tmp"],
                              "countType": "imageCountMoreThan", "countNumber": 1},
                "action": {"type": "expire"}}]}},
             "ExpireUntaggedAfterDays": 1, "MaxImageCount": 1,
             "LifecycleRules": [{"TagPatternList": ["v*"], "MaxImageCount": 1}]}
            """);
    pushUntagged(life, 2);
    life.push("v1", "v1");
    life.push("v2", "v2");
    life.push("tmp1", "tmp1");
    life.push("tmp2", "tmp2");
    life.days(400);
    assertEquals(List.of("untagged 1", "untagged 2", "v1", "v2", "tmp2"), life.live());
  }

  @Test
  void untaggedImagesGoAfterSevenDaysAndOfTheRestTheNewestHundredStay() {
    RepositoryLife life =
        life(PRODUCTION, "{\"ExpireUntaggedAfterDays\": 7, \"MaxImageCount\": 100}");
    for (int i = 1; i <= 120; i++) {
      life.push("build " + i, "main-" + i);
      if (i % 10 == 0) {
        life.push("untagged " + i);
      }
      life.days(1);
    }
    List<String> live = life.live();
    assertEquals(List.of("untagged 120"), live.stream().filter(n -> n.startsWith("u")).toList());
    assertEquals(100, live.size());
    assertEquals("build 22", live.getFirst());
  }

  @Test
  void theSharedRegistryKeepsTenOfEachAndNotTenWithBoth() {
    RepositoryLife life = life(SHARED_REGISTRY, "{}");
    for (int i = 1; i <= 12; i++) {
      life.push("v" + i, "v" + i);
      life.push("release" + i, "release" + i);
    }
    life.push("other", "main-1");
    life.days(365);
    assertEquals(21, life.live().size());
    assertEquals(List.of("v3", "release3"), life.live().subList(0, 2));

    RepositoryLife and =
        life(
            NATIVE,
            "{\"LifecycleRules\": [{\"TagPatternList\": [\"v*\", \"release*\"], "
                + "\"MaxImageCount\": 10}]}");
    for (int i = 1; i <= 12; i++) {
      and.push("v" + i, "v" + i);
      and.push("both" + i, "v" + (100 + i), "release" + i);
    }
    and.days(365);
    assertEquals(22, and.live().size(), "one rule with both patterns takes images with both");
  }

  @Test
  void productionImagesStayAndTheOthersGoAfterThirtyDays() {
    RepositoryLife life =
        life(
            NATIVE,
            """
            {"LifecycleRules": [{"TagPrefixList": ["prod"], "MaxImageCount": 9999},
                                {"MaxImageAgeDays": 30}]}
            """);
    life.push("production", "prod-1");
    life.push("both", "prod-2", "main-2");
    life.push("build", "main-1");
    life.push("untagged");
    life.days(31);
    assertEquals(List.of("production", "both"), life.live());
  }

  @Test
  void theNewestTenOfEachOfTwoPatternsStay() {
    RepositoryLife life =
        life(
            PRODUCTION,
            """
            {"LifecycleRules": [{"ForEachTagPattern": ["main-*", "hotfix-*"],
                                 "MaxImageCount": 10}]}
            """);
    for (int i = 1; i <= 15; i++) {
      life.push("main-" + i, "main-" + i);
      life.push("hotfix-" + i, "hotfix-" + i);
    }
    life.push("version", "v1");
    life.days(1);
    assertEquals(21, life.live().size());
    assertEquals(List.of("main-6", "hotfix-6"), life.live().subList(0, 2));
  }

  @Test
  void whatNobodyPulledForSixtyDaysIsArchivedAndExpiresNinetyDaysLater() {
    RepositoryLife life =
        life(
            PRODUCTION,
            """
            {"LifecycleRules": [{"DaysSinceLastPull": 60}, {"DaysSinceArchived": 90}]}
            """);
    life.push("unused", "v1");
    life.push("in use", "v2");
    for (int week = 0; week < 8; week++) {
      life.days(7);
      life.pull("in use");
    }
    life.days(4);
    assertEquals(List.of("unused", "in use"), life.live());
    life.days(1);
    assertEquals(List.of("in use"), life.live());
    assertEquals(List.of("unused"), life.archived());
    life.pull("in use");
    life.days(60);
    assertEquals(List.of("in use"), life.live());
    life.days(30);
    assertEquals(List.of("unused", "in use"), life.archived());
    life.days(1);
    assertEquals(List.of("in use"), life.archived(), "unused is 91 days in the archive");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"ExpireAllImagesAfterDays": 1, "PLUS": 1}
          {"MaxImageCount": 1, "PLUS": 1}
          {"LifecycleRules": [{"TagPatternList": ["prod-*"], "MaxImageCount": 1}], "PLUS": 1}
          {"LifecycleRules": [{"TagPatternList": ["*"], "MaxImageAgeDays": 1}], "PLUS": 1}
          {"LifecycleRules": [{"TagPrefixList": ["prod", "extra"], "MaxImageAgeDays": 1}], "PLUS": 1}
          {"LifecycleRules": [{"DaysSinceLastPull": 1}, {"DaysSinceArchived": 90}], "PLUS": 1}
          {"LifecycleRules": [{"MaxImageCount": 1, "Action": "Archive"}], "PLUS": 1}
          {"LifecycleRules": [{"MaxImageAgeDays": 1, "Action": "Archive"}, {"DaysSinceArchived": 90}], "PLUS": 1}
          """)
  void aProtectedTagHoldsAgainstEveryOtherRule(String rules) {
    for (ProfileRules profile : ProfileRules.values()) {
      RepositoryLife life =
          life(profile, rules.replace("\"PLUS\": 1", "\"ProtectedTags\": [\"prod*\", \"lts\"]"));
      life.push("production", "prod-1", "extra-1");
      life.push("long term", "lts", "x");
      life.push("archived by hand", "prod-2");
      life.push("other", "main-1", "extra-2");
      for (int i = 0; i < 20; i++) {
        life.push("newer " + i, "newer-" + i);
      }
      life.archive("archived by hand");
      life.days(400);
      assertEquals(
          List.of("production", "long term"), life.live().subList(0, 2), profile + " " + rules);
      assertEquals(
          List.of("archived by hand"),
          life.archived().stream().filter(name -> name.contains("hand")).toList(),
          profile + " " + rules);
    }
  }

  @Test
  void afterARealisticYearEachProfileHasKeptWhatItPromises() {
    assertEquals(counts(12, 24, 192, 3), yearUnder(PRODUCTION));
    assertEquals(counts(1, 1, 7, 3), yearUnder(DEVELOPMENT));
    assertEquals(counts(10, 10, 192, 3), yearUnder(SHARED_REGISTRY));
    assertEquals(counts(12, 24, 192, 72), yearUnder(NATIVE));
  }

  private static Map<Kind, Integer> yearUnder(ProfileRules profile) {
    return ARealisticYear.under(profile).getLast();
  }

  private static Map<Kind, Integer> counts(int releases, int versions, int builds, int untagged) {
    return Map.of(
        Kind.RELEASE, releases,
        Kind.VERSION, versions,
        Kind.BUILD, builds,
        Kind.UNTAGGED, untagged);
  }

  private static RepositoryLife life(ProfileRules profile, String properties) {
    return new RepositoryLife(StatedLifecycle.policy(profile, properties));
  }

  private static void pushUntagged(RepositoryLife life, int count) {
    for (int i = 1; i <= count; i++) {
      life.push("untagged " + i);
    }
  }
}
