package dev.ecrrepo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.ecr.FakeEcr;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.report.LifecyclePreview.Counted;
import dev.ecrrepo.report.LifecyclePreview.Unknown;
import dev.ecrrepo.time.TimeLeft;
import dev.ecrrepo.time.Times;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewResponse;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewInProgressException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewStatus;
import software.amazon.awssdk.services.ecr.model.TransitioningImageTotalCount;

/// The preview of a lifecycle policy in all the ways in which ECR may answer, and pages of names.
class ReportGatewayTest {

  private static final LifecyclePolicy POLICY = policy(5);
  private static final GetLifecyclePolicyPreviewResponse WORKING =
      GetLifecyclePolicyPreviewResponse.builder()
          .status(LifecyclePolicyPreviewStatus.IN_PROGRESS)
          .build();

  private final FakeEcr ecr = new FakeEcr(Clock.systemUTC(), "123456789012");
  private final List<String> made = new ArrayList<>();
  private Duration left = Duration.ofMinutes(10);
  private Duration slept = Duration.ZERO;

  private final ReportGateway reports =
      new ReportGateway(
          ecr,
          Times.sleeping(time -> {
            slept = slept.plus(time);
            left = left.minus(time);
          }));

  @BeforeEach
  void thereIsARepository() {
    ecr.foreign("shop", Map.of());
  }

  @Test
  void theCountIsTheSummarysAndThePreviewIsStartedOnce() {
    ecr.previews(WORKING, WORKING, complete(12));
    assertEquals(new Counted(12, 3), preview());
    assertEquals(1, calls("StartLifecyclePolicyPreview"));
    assertEquals(3, calls("GetLifecyclePolicyPreview"));
  }

  @Test
  void aPreviewThatEcrDoesNotKnowYetIsAwaited() {
    ecr.before(
        "GetLifecyclePolicyPreview",
        () -> {
          throw LifecyclePolicyPreviewNotFoundException.builder().message("not yet").build();
        });
    ecr.previews(complete(0));
    assertEquals(new Counted(0, 3), preview());
  }

  @Test
  void thePreviewOfAnotherPolicyCountsForNothing() {
    ecr.previews(complete(12).toBuilder().lifecyclePolicyText(policy(7).text()).build());
    assertTrue(unknown().contains("another policy"));
  }

  @Test
  void theSamePolicyInOtherWordsIsTheSame() {
    String text = POLICY.text().replace(",", " , ");
    ecr.previews(complete(12).toBuilder().lifecyclePolicyText(text).build());
    assertEquals(new Counted(12, 3), preview());
  }

  @Test
  void whereAnotherPreviewRunsNothingIsKnown() {
    ecr.before(
        "StartLifecyclePolicyPreview",
        () -> {
          throw LifecyclePolicyPreviewInProgressException.builder().message("busy").build();
        });
    assertTrue(unknown().contains("in progress"));
    assertEquals(0, calls("GetLifecyclePolicyPreview"));
  }

  @Test
  void aPreviewThatFailsOrExpiresTellsItsStatus() {
    ecr.previews(
        GetLifecyclePolicyPreviewResponse.builder()
            .status(LifecyclePolicyPreviewStatus.FAILED)
            .build());
    assertTrue(unknown().contains("FAILED"));
  }

  @Test
  void theWaitEndsByItsOwnBound() {
    ecr.previews(
        IntStream.range(0, 1000)
            .mapToObj(_ -> WORKING)
            .toArray(GetLifecyclePolicyPreviewResponse[]::new));
    assertTrue(unknown().contains("in time"));
    // The next wait of 5 s would exceed two minutes.
    assertEquals(Duration.ofMillis(117_500), slept);
  }

  @Test
  void theWaitEndsWithTheInvocation() {
    left = Duration.ofSeconds(5);
    ecr.previews(
        IntStream.range(0, 1000)
            .mapToObj(_ -> WORKING)
            .toArray(GetLifecyclePolicyPreviewResponse[]::new));
    assertTrue(unknown().contains("in time"));
    assertTrue(slept.compareTo(Duration.ofSeconds(5)) < 0, slept.toString());
  }

  @Test
  void aRefusalOfEcrIsTheReason() {
    ecr.fail("StartLifecyclePolicyPreview", 1, "AccessDeniedException", "no", 400);
    assertTrue(unknown().contains("preview the lifecycle policy of shop"));
  }

  @Test
  void allPagesOfNamesAreRead() {
    for (String name : new String[] {"a1", "b2", "c3", "d4"}) {
      ecr.foreign(name, Map.of());
    }
    assertEquals(List.of("a1", "b2", "c3", "d4", "shop"), reports.repositoryNames(timeLeft()));
    assertEquals(3, calls("DescribeRepositories"));
  }

  private LifecyclePreview preview() {
    return reports.preview("shop", POLICY, timeLeft());
  }

  private String unknown() {
    return assertInstanceOf(Unknown.class, preview()).why();
  }

  private TimeLeft timeLeft() {
    return new TimeLeft(() -> left, () -> true);
  }

  private long calls(String operation) {
    made.addAll(ecr.calls());
    return made.stream().filter(operation::equals).count();
  }

  private static GetLifecyclePolicyPreviewResponse complete(int expiring) {
    return GetLifecyclePolicyPreviewResponse.builder()
        .status(LifecyclePolicyPreviewStatus.COMPLETE)
        .summary(summary ->
            summary
                .expiringImageTotalCount(expiring)
                .transitioningImageTotalCounts(
                    List.of(
                        TransitioningImageTotalCount.builder()
                            .targetStorageClass("ARCHIVE")
                            .imageTotalCount(3)
                            .build())))
        .build();
  }

  private static LifecyclePolicy policy(int days) {
    return LifecyclePolicy.live(
        """
        {"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged",\
        "countType":"sinceImagePushed","countUnit":"days","countNumber":%d},\
        "action":{"type":"expire"}}]}\
        """
            .formatted(days));
  }
}
