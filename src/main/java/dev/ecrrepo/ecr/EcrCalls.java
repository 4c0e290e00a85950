package dev.ecrrepo.ecr;

import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.logging.Metrics;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.logging.Logger;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;

/// Makes calls to ECR: bounded by the time left, logged, and retried while ECR throttles them.
/// Every failure that the SDK reports is an [EcrFailure].
public final class EcrCalls {

  private static final Logger LOG = Logger.getLogger(EcrCalls.class.getName());
  private static final Duration MAX_CALL_DURATION = Duration.ofMinutes(2);

  private final Retry retry;

  public EcrCalls(Retry retry) {
    this.retry = retry;
  }

  /// @param doing what is tried, for people: "set the lifecycle policy"
  /// @param beforeRetry runs before each retry; an exception from it ends the retries
  <T> T make(
      String doing,
      String repository,
      String operation,
      TimeLeft timeLeft,
      Runnable beforeRetry,
      Function<AwsRequestOverrideConfiguration, T> call) {
    return retry.throttled(
        timeLeft, beforeRetry, () -> once(doing, repository, operation, timeLeft, call));
  }

  /// A call that may simply be made again.
  public <T> T make(
      String doing,
      String repository,
      String operation,
      TimeLeft timeLeft,
      Function<AwsRequestOverrideConfiguration, T> call) {
    return make(doing, repository, operation, timeLeft, () -> {}, call);
  }

  private static <T> T once(
      String doing,
      String repository,
      String operation,
      TimeLeft timeLeft,
      Function<AwsRequestOverrideConfiguration, T> call) {
    Duration left = timeLeft.remaining();
    if (!left.isPositive()) {
      throw EcrFailure.timeOver(doing, repository);
    }
    long start = System.nanoTime();
    String outcome = "unexpected failure";
    try {
      Duration bound = left.compareTo(MAX_CALL_DURATION) < 0 ? left : MAX_CALL_DURATION;
      T result =
          call.apply(AwsRequestOverrideConfiguration.builder().apiCallTimeout(bound).build());
      outcome = "ok";
      return result;
    } catch (SdkException e) {
      EcrFailure failure = EcrErrors.failure(doing, repository, e);
      outcome = failure.isExpected() ? failure.kind().name() : failure.getMessage();
      if (failure.kind() == EcrFailure.Kind.THROTTLED) {
        new Metrics().count("ThrottledCalls", 1).print(Instant.now());
      }
      throw failure;
    } finally {
      LogEntry.of(LOG)
          .with("operation", operation)
          .with("repository", repository)
          .with("ms", (System.nanoTime() - start) / 1_000_000)
          .with("outcome", outcome)
          .info("call");
    }
  }
}
