package dev.ecrrepo.ecr;

import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waiting for what AWS only becomes consistent about, and for one's turn. Each wait has one named
/// failure, its reason and its bound; everything else is the SDK's to retry.
public final class Retry {

  /// A user or role that was just created is unknown to ECR for a while.
  static final Duration PRINCIPAL = Duration.ofMinutes(1);

  /// A repository that was just created may be unknown to the next call; where it was just tagged,
  /// the role's permission, which looks at the tags, may not know it yet.
  public static final Duration FRESH = Duration.ofSeconds(20);

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Time time;

  public Retry(Time time) {
    this.time = time;
  }

  /// Calls again while it fails with an unknown principal or, if `fresh`, with what a repository
  /// that was created or adopted a moment ago may cause.
  ///
  /// @param beforeAgain done after each wait; what it throws ends the call
  public <T> T call(boolean fresh, TimeLeft timeLeft, Runnable beforeAgain, Supplier<T> call) {
    return again(
        timeLeft.whole(),
        beforeAgain,
        failure ->
            switch (failure.kind()) {
              case PRINCIPAL_UNKNOWN -> PRINCIPAL;
              case REPOSITORY_ABSENT, DENIED -> fresh ? FRESH : Duration.ZERO;
              default -> Duration.ZERO;
            },
        call);
  }

  /// Calls again while ECR throttles the account beyond the SDK's own attempts: of a stack with
  /// hundreds of repositories each waits its turn.
  ///
  /// @param beforeAgain done after each wait; what it throws ends the call
  <T> T throttled(TimeLeft timeLeft, Runnable beforeAgain, Supplier<T> call) {
    return again(
        timeLeft,
        beforeAgain,
        failure ->
            failure.kind() == EcrFailure.Kind.THROTTLED && timeLeft.mayStillChange()
                ? ChronoUnit.FOREVER.getDuration()
                : Duration.ZERO,
        call);
  }

  /// @param bound how long all waits for such a failure may take
  private <T> T again(
      TimeLeft timeLeft,
      Runnable beforeAgain,
      Function<EcrFailure, Duration> bound,
      Supplier<T> call) {
    Pauses pauses = new Pauses();
    while (true) {
      try {
        return call.get();
      } catch (EcrFailure e) {
        if (!pauses.another(bound.apply(e), timeLeft)) {
          throw e;
        }
        beforeAgain.run();
      }
    }
  }

  /// Asks until the answer is the one that is waited for, for at most this long.
  ///
  /// @return the last answer
  public <T> T until(
      Duration bound, TimeLeft timeLeft, Supplier<T> question, Predicate<T> isAwaited) {
    Pauses pauses = new Pauses();
    T answer = question.get();
    while (!isAwaited.test(answer) && pauses.another(bound, timeLeft.whole())) {
      answer = question.get();
    }
    return answer;
  }

  /// Ever longer ones, of one wait.
  private final class Pauses {

    private Duration waited = Duration.ZERO;
    private Duration next = FIRST;

    /// @param bound of all together
    /// @return false where it would not fit, or was interrupted
    boolean another(Duration bound, TimeLeft timeLeft) {
      if (waited.plus(next).compareTo(bound) > 0 || !timeLeft.hasRoomFor(next)) {
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
      next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
      return true;
    }
  }
}
