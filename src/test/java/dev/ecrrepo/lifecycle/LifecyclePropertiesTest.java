package dev.ecrrepo.lifecycle;

import static dev.ecrrepo.lifecycle.ProfileRules.DEVELOPMENT;
import static dev.ecrrepo.lifecycle.ProfileRules.NATIVE;
import static dev.ecrrepo.lifecycle.ProfileRules.PRODUCTION;
import static dev.ecrrepo.lifecycle.ProfileRules.SHARED_REGISTRY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How an author's properties and a profile's become one list of rules.
class LifecyclePropertiesTest {

  private static final String UNTAGGED = "Expire untagged images 14 days after push";

  @Test
  void theOrderIsProtectedThenTheAuthorsThenTheProfilesThenUntaggedThenAll() {
    assertEquals(
        List.of(
            "Keep images tagged lts*",
            "Expire images tagged pr-* 7 days after push",
            "Expire images tagged tmp-* 1 day after push",
            "Expire images tagged v*, except the newest 10",
            "Expire images tagged release*, except the newest 10",
            UNTAGGED,
            "Expire images, except the newest 500"),
        StatedLifecycle.rules(
            SHARED_REGISTRY,
            """
            {"MaxImageCount": 500, "ProtectedTags": ["lts*"],
             "LifecycleRules": [{"TagPatternList": ["pr-*"], "MaxImageAgeDays": 7},
                                {"TagPrefixList": ["tmp-"], "MaxImageAgeDays": 1}]}
            """));
  }

  @Test
  void aRuleForAllImagesGoesLastWhereverTheAuthorWroteIt() {
    assertEquals(
        List.of(
            "Expire images tagged pr-* 7 days after push",
            UNTAGGED,
            "Archive images 60 days after the last pull",
            "Expire archived images 90 days after archiving"),
        StatedLifecycle.rules(
            PRODUCTION,
            """
            {"LifecycleRules": [{"DaysSinceLastPull": 60}, {"DaysSinceArchived": 90},
                                {"TagPatternList": ["pr-*"], "MaxImageAgeDays": 7}]}
            """));
  }

  @Test
  void theAuthorsRuleForUntaggedImagesStandsInPlaceOfTheProfiles() {
    assertEquals(
        List.of("Expire untagged images, except the newest 3"),
        StatedLifecycle.rules(
            PRODUCTION,
            "{\"LifecycleRules\": [{\"TagStatus\": \"untagged\", \"MaxImageCount\": 3}]}"));
    assertEquals(
        List.of("Expire untagged images 1 day after push"),
        StatedLifecycle.rules(PRODUCTION, "{\"ExpireUntaggedAfterDays\": 1}"));
    assertEquals(
        List.of(), StatedLifecycle.rules(PRODUCTION, "{\"ExpireUntaggedAfterDays\": \"Never\"}"));
  }

  @Test
  void aRuleForArchivedUntaggedImagesLeavesTheProfilesAlone() {
    assertEquals(
        List.of("Expire archived untagged images 90 days after archiving", UNTAGGED),
        StatedLifecycle.rules(
            PRODUCTION,
            "{\"LifecycleRules\": [{\"TagStatus\": \"untagged\", \"DaysSinceArchived\": 90}]}"));
  }

  @Test
  void theAuthorsRuleForAllImagesStandsInPlaceOfTheProfiles() {
    assertEquals(
        List.of(UNTAGGED, "Expire images, except the newest 5"),
        StatedLifecycle.rules(DEVELOPMENT, "{\"MaxImageCount\": 5}"));
    assertEquals(
        List.of(UNTAGGED, "Expire images 3 days after push"),
        StatedLifecycle.rules(DEVELOPMENT, "{\"ExpireAllImagesAfterDays\": 3}"));
    assertEquals(
        List.of(UNTAGGED, "Archive images 9 days after the last pull"),
        StatedLifecycle.rules(DEVELOPMENT, "{\"LifecycleRules\": [{\"DaysSinceLastPull\": 9}]}"));
    assertEquals(
        List.of(UNTAGGED),
        StatedLifecycle.rules(DEVELOPMENT, "{\"ExpireAllImagesAfterDays\": \"Never\"}"));
    assertEquals(
        List.of(
            UNTAGGED,
            "Expire archived images 365 days after archiving",
            "Expire images 14 days after push"),
        StatedLifecycle.rules(DEVELOPMENT, "{\"LifecycleRules\": [{\"DaysSinceArchived\": 365}]}"));
  }

  @Test
  void theAuthorsRuleForTheSameTagsStandsInPlaceOfTheProfiles() {
    assertEquals(
        List.of(
            "Expire images tagged v*, except the newest 99",
            "Expire images tagged release*, except the newest 10",
            UNTAGGED),
        StatedLifecycle.rules(
            SHARED_REGISTRY,
            "{\"LifecycleRules\": [{\"TagPrefixList\": [\"v\"], \"MaxImageCount\": 99}]}"));
    assertEquals(
        List.of(
            "Keep images tagged release*",
            "Expire images tagged v*, except the newest 10",
            UNTAGGED),
        StatedLifecycle.rules(SHARED_REGISTRY, "{\"ProtectedTags\": [\"release*\"]}"));
  }

  @Test
  void archivedImagesAreProtectedOnlyWhereARuleExpiresThem() {
    assertEquals(
        List.of(
            "Keep images tagged lts",
            "Keep archived images tagged lts",
            UNTAGGED,
            "Expire archived images 90 days after archiving"),
        StatedLifecycle.rules(
            PRODUCTION,
            "{\"ProtectedTags\": [\"lts\"], \"LifecycleRules\": [{\"DaysSinceArchived\": 90}]}"));
  }

  @Test
  void theArchiveRuleOfALimitedCountNeedsNoStorageClass() {
    assertEquals(
        List.of("Archive images tagged v*, except the newest", UNTAGGED),
        StatedLifecycle.rules(
            PRODUCTION,
            """
            {"LifecycleRules": [{"TagPatternList": ["v*"], "MaxImageCount": 1,
                                 "StorageClass": "Standard", "Action": "Archive"}]}
            """));
  }

  @Test
  void aRuleCarriesTheAuthorsDescription() {
    Optional<LifecyclePolicy> policy =
        StatedLifecycle.policy(
            NATIVE,
            "{\"LifecycleRules\": [{\"Description\": \"Keep it small\", \"MaxImageCount\": 1}]}");
    assertEquals(
        "{\"rules\":[{\"rulePriority\":1,\"description\":\"Keep it small\",\"selection\":"
            + "{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":1},"
            + "\"action\":{\"type\":\"expire\"}}]}",
        policy.orElseThrow().text());
  }

  @Test
  void whoStatesNothingGetsNoPolicy() {
    assertEquals(Optional.empty(), StatedLifecycle.policy(NATIVE, "{}"));
    assertEquals(Optional.empty(), StatedLifecycle.policy(NATIVE, "{\"LifecycleRules\": []}"));
  }

  @Test
  void thePropertiesThatAPolicyOverridesAreNamed() {
    String both =
        """
        {"MaxImageCount": 1, "ProtectedTags": ["v*"], "Tags": [], "LifecycleRules": [],
         "LifecyclePolicy": {"LifecyclePolicyText": "{}"}}
        """;
    assertEquals(
        List.of("ProtectedTags", "MaxImageCount"),
        LifecycleProperties.overridden(StatedLifecycle.checked(both)));
    assertEquals(
        List.of(),
        LifecycleProperties.overridden(StatedLifecycle.checked("{\"MaxImageCount\": 1}")));
  }

  @Test
  void propertiesThatMakeATextTooLongAreRefused() {
    String rule = "{\"TagPatternList\": [\"v%d\"], \"MaxImageCount\": 1, \"Description\": \"%s\"}";
    String two =
        rule.formatted(1, "x".repeat(15_000)) + "," + rule.formatted(2, "x".repeat(15_500));
    assertEquals(
        List.of(
            "LifecycleRules brings the lifecycle policy to 30853 characters; ECR accepts at most"
                + " 30720. Shorten descriptions, or let a pattern with * stand for several tags."),
        StatedLifecycle.faults(NATIVE, "{\"LifecycleRules\": [" + two + "]}"));
  }
}
