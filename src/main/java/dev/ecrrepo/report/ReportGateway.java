package dev.ecrrepo.report;

import dev.ecrrepo.ecr.EcrCalls;
import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.report.LifecyclePreview.Counted;
import dev.ecrrepo.report.LifecyclePreview.Unknown;
import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewResponse;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewInProgressException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewStatus;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewSummary;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.TransitioningImageTotalCount;

/// The calls that only reports make: the names of all repositories, and the preview of a lifecycle
/// policy. None changes a repository or its images; a preview replaces the previous preview.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lpp_creation.html
public final class ReportGateway {

  private static final int MAX_RESULTS = 1000;

  /// How long a preview is waited for: AWS states no bound.
  private static final Duration MAX_PREVIEW_WAIT = Duration.ofMinutes(2);

  private static final String ALL = "all repositories";

  private final EcrClient ecr;
  private final EcrCalls calls;
  private final Retry retry;

  public ReportGateway(EcrClient ecr, Time time) {
    this.ecr = ecr;
    this.retry = new Retry(time);
    this.calls = new EcrCalls(retry);
  }

  /// The names of all repositories in the registry.
  ///
  /// @throws EcrFailure where they cannot be listed
  public List<String> repositoryNames(TimeLeft timeLeft) {
    List<String> names = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      String token = next.orElse(null);
      DescribeRepositoriesResponse page =
          calls.make(
              "list the repositories",
              ALL,
              "DescribeRepositories",
              timeLeft,
              limits ->
                  ecr.describeRepositories(r ->
                      r.maxResults(MAX_RESULTS).nextToken(token).overrideConfiguration(limits)));
      page.repositories().stream().map(Repository::repositoryName).forEach(names::add);
      next = Optional.ofNullable(page.nextToken()).filter(text -> !text.isEmpty());
    } while (next.isPresent());
    return names;
  }

  /// How many images the policy would expire or archive today. ECR keeps one preview of a
  /// repository, and somebody else may start one meanwhile, so the answer counts only if it is of
  /// this policy.
  public LifecyclePreview preview(String name, LifecyclePolicy policy, TimeLeft timeLeft) {
    try {
      return start(name, policy, timeLeft)
          ? await(name, policy, timeLeft)
          : new Unknown("Another preview of this repository is in progress. Try again.");
    } catch (EcrFailure e) {
      return new Unknown(e.getMessage());
    }
  }

  private boolean start(String name, LifecyclePolicy policy, TimeLeft timeLeft) {
    return calls.make(
        "preview the lifecycle policy",
        name,
        "StartLifecyclePolicyPreview",
        timeLeft,
        limits -> {
          try {
            ecr.startLifecyclePolicyPreview(r ->
                r.repositoryName(name)
                    .lifecyclePolicyText(policy.text())
                    .overrideConfiguration(limits));
            return true;
          } catch (LifecyclePolicyPreviewInProgressException _) {
            return false;
          }
        });
  }

  private LifecyclePreview await(String name, LifecyclePolicy policy, TimeLeft timeLeft) {
    return retry
        .pollUntil(
            MAX_PREVIEW_WAIT,
            timeLeft,
            () -> getPreview(name, timeLeft).filter(ReportGateway::isFinished),
            Optional::isPresent)
        .map(preview -> outcome(preview, policy))
        .orElseGet(() -> new Unknown("ECR did not finish the preview in time. Try again."));
  }

  private static boolean isFinished(GetLifecyclePolicyPreviewResponse preview) {
    return preview.status() != LifecyclePolicyPreviewStatus.IN_PROGRESS;
  }

  /// Only the summary is needed, so the images are cut to one. Empty where ECR does not know the
  /// preview yet.
  private Optional<GetLifecyclePolicyPreviewResponse> getPreview(String name, TimeLeft timeLeft) {
    return calls.make(
        "read the preview of the lifecycle policy",
        name,
        "GetLifecyclePolicyPreview",
        timeLeft,
        limits -> {
          try {
            return Optional.of(
                ecr.getLifecyclePolicyPreview(
                    r -> r.repositoryName(name).maxResults(1).overrideConfiguration(limits)));
          } catch (LifecyclePolicyPreviewNotFoundException _) {
            return Optional.empty();
          }
        });
  }

  private static LifecyclePreview outcome(
      GetLifecyclePolicyPreviewResponse preview, LifecyclePolicy policy) {
    LifecyclePolicyPreviewSummary summary = preview.summary();
    boolean complete =
        preview.status() == LifecyclePolicyPreviewStatus.COMPLETE
            && summary != null
            && summary.expiringImageTotalCount() != null;
    if (!complete) {
      return new Unknown("ECR could not finish the preview (" + preview.statusAsString() + ").");
    }
    String text = preview.lifecyclePolicyText();
    if (text == null || !policy.sameAs(LifecyclePolicy.live(text))) {
      return new Unknown("Somebody else previewed another policy at the same time. Try again.");
    }
    long archiving =
        summary.transitioningImageTotalCounts().stream()
            .map(TransitioningImageTotalCount::imageTotalCount)
            .filter(count -> count != null)
            .mapToLong(Integer::longValue)
            .sum();
    return new Counted(summary.expiringImageTotalCount(), archiving);
  }
}
