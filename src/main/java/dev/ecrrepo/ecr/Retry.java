package dev.ecrrepo.ecr;

import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Makes calls again that fail because ECR is not consistent yet, or because it throttles the
/// account for longer than the SDK's own attempts last. Everything else is retried by the SDK.
public final class Retry {

  /// A user or role that was just created is unknown to ECR for a while.
  static final Duration PRINCIPAL_PROPAGATION = Duration.ofMinutes(1);

  /// A repository that was just created may be unknown to the next call, and the condition on its
  /// tags in the role's permissions may not be met yet.
  public static final Duration REPOSITORY_PROPAGATION = Duration.ofSeconds(20);

  private static final Duration INITIAL_BACKOFF = Duration.ofMillis(500);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

  private final Time time;

  public Retry(Time time) {
    this.time = time;
  }

  /// Makes a call, and makes it again while ECR refuses a policy, perhaps because it does not know
  /// a principal yet, and while it does not know a repository that was just created or denies the
  /// call on it. These waits may use the time reserved for the clean-up: with a short
  /// ServiceTimeout there would be no time for them otherwise.
  ///
  /// @param justCreated whether this invocation created the repository
  /// @param beforeRetry runs before each retry; an exception from it ends the retries
  public <T> T call(
      boolean justCreated, TimeLeft timeLeft, Runnable beforeRetry, Supplier<T> call) {
    return again(
        timeLeft.withoutReserve(),
        beforeRetry,
        failure ->
            switch (failure.kind()) {
              case POLICY_REFUSED -> PRINCIPAL_PROPAGATION;
              case REPOSITORY_ABSENT, DENIED ->
                  justCreated ? REPOSITORY_PROPAGATION : Duration.ZERO;
              default -> Duration.ZERO;
            },
        call);
  }

  /// Likewise, on a repository that this invocation created.
  public <T> T callOnNewRepository(TimeLeft timeLeft, Supplier<T> call) {
    return call(true, timeLeft, () -> {}, call);
  }

  /// Makes a call, and makes it again while ECR throttles the account, until the time reserved for
  /// the clean-up begins. A stack with hundreds of repositories exceeds the account's rate.
  ///
  /// @param beforeRetry runs before each retry; an exception from it ends the retries
  <T> T throttled(TimeLeft timeLeft, Runnable beforeRetry, Supplier<T> call) {
    return again(
        timeLeft,
        beforeRetry,
        failure ->
            failure.kind() == EcrFailure.Kind.THROTTLED && timeLeft.mayStillChange()
                ? ChronoUnit.FOREVER.getDuration()
                : Duration.ZERO,
        call);
  }

  /// @param maxWait how long all waits of this call may take if it fails this way
  private <T> T again(
      TimeLeft timeLeft,
      Runnable beforeRetry,
      Function<EcrFailure, Duration> maxWait,
      Supplier<T> call) {
    Backoff backoff = new Backoff();
    while (true) {
      try {
        return call.get();
      } catch (EcrFailure e) {
        if (!backoff.sleepIfWithin(maxWait.apply(e), timeLeft)) {
          throw e;
        }
        beforeRetry.run();
      }
    }
  }

  /// Makes a call until its result meets a condition, for at most this long.
  ///
  /// @return the last result
  public <T> T pollUntil(
      Duration maxWait, TimeLeft timeLeft, Supplier<T> call, Predicate<T> condition) {
    Backoff backoff = new Backoff();
    T result = call.get();
    while (!condition.test(result) && backoff.sleepIfWithin(maxWait, timeLeft.withoutReserve())) {
      result = call.get();
    }
    return result;
  }

  /// The exponential back-off of one call.
  private final class Backoff {

    private Duration waited = Duration.ZERO;
    private Duration next = INITIAL_BACKOFF;

    /// @param maxWait of all waits together
    /// @return false if the next wait would exceed it or the time left, or was interrupted
    boolean sleepIfWithin(Duration maxWait, TimeLeft timeLeft) {
      if (waited.plus(next).compareTo(maxWait) > 0 || !timeLeft.hasRoomFor(next)) {
        return false;
      }
      try {
        time.sleep(next);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
      waited = waited.plus(next);
      Duration doubled = next.multipliedBy(2);
      next = doubled.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : doubled;
      return true;
    }
  }
}
