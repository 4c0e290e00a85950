package dev.ecrrepo.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ecrrepo.lifecycle.LifecycleEvaluator.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The evaluator against what AWS documents; every other outcome in these tests rests on it.
class LifecycleEvaluatorTest {

  private static final Instant NOW = AwsExamples.NOW;

  static final List<AwsExamples.Example> workedExamples =
      AwsExamples.all().stream().filter(example -> !example.images().isEmpty()).toList();

  @ParameterizedTest
  @FieldSource("workedExamples")
  void theEvaluatorAgreesWithTheWorkedExamplesOfAws(AwsExamples.Example example) {
    Outcome outcome =
        new LifecycleEvaluator(example.policy().toString()).evaluate(example.images(), NOW);
    assertEquals(new Outcome(example.expired(), Set.of()), outcome);
  }

  @Test
  void anImageThatWasNeverPulledCountsFromItsPush() {
    LifecycleEvaluator evaluator =
        new LifecycleEvaluator(
            """
            {"rules": [{"rulePriority": 1,
              "selection": {"tagStatus": "any", "countType": "sinceImagePulled",
                            "countUnit": "days", "countNumber": 60},
              "action": {"type": "transition", "targetStorageClass": "archive"}}]}
            """);
    List<Image> images =
        List.of(
            Image.pushed("old, in use", daysAgo(300)).pulled(daysAgo(3)),
            Image.pushed("old, unused", daysAgo(300)).pulled(daysAgo(61)),
            Image.pushed("new, never pulled", daysAgo(59)),
            Image.pushed("old, never pulled", daysAgo(61)),
            Image.pushed("restored, not pulled since", daysAgo(300)).restored(daysAgo(2)));
    assertEquals(
        new Outcome(Set.of(), Set.of("old, unused", "old, never pulled")),
        evaluator.evaluate(images, NOW));
  }

  @Test
  void aRuleForArchivedImagesDoesNotSeeTheOthers() {
    LifecycleEvaluator evaluator =
        new LifecycleEvaluator(
            """
            {"rules": [{"rulePriority": 1,
              "selection": {"tagStatus": "any", "storageClass": "archive",
                            "countType": "sinceImageTransitioned",
                            "countUnit": "days", "countNumber": 90},
              "action": {"type": "expire"}}]}
            """);
    List<Image> images =
        List.of(
            Image.pushed("live", daysAgo(300)),
            Image.pushed("archived long ago", daysAgo(300)).archived(daysAgo(91)),
            Image.pushed("archived lately", daysAgo(300)).archived(daysAgo(89)));
    assertEquals(
        new Outcome(Set.of("archived long ago"), Set.of()), evaluator.evaluate(images, NOW));
  }

  @Test
  void anImageOfAManifestListWaitsForTheList() {
    LifecycleEvaluator evaluator =
        new LifecycleEvaluator(
            """
            {"rules": [{"rulePriority": 1,
              "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed",
                            "countUnit": "days", "countNumber": 14},
              "action": {"type": "expire"}}]}
            """);
    Image part = Image.pushed("linux/arm64", daysAgo(30)).partOf("v1");
    Image list = Image.pushed("v1", daysAgo(30), "v1");
    assertEquals(new Outcome(Set.of(), Set.of()), evaluator.evaluate(List.of(list, part), NOW));
    assertEquals(
        new Outcome(Set.of("linux/arm64"), Set.of()), evaluator.evaluate(List.of(part), NOW));
  }

  private static Instant daysAgo(int days) {
    return NOW.minus(Duration.ofDays(days));
  }
}
