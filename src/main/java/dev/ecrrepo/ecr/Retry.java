package dev.ecrrepo.ecr;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// Waiting for what AWS only becomes consistent about, and for one's turn. Each wait has one named
/// failure, its reason and its bound; everything else is the SDK's to retry.
public final class Retry {

  /// How a thread waits; tests wait in no time.
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /// A user or role that was just created is unknown to ECR for a while.
  static final Duration PRINCIPAL = Duration.ofMinutes(1);

  /// A repository that was just created may be unknown to the next call; where it was just tagged,
  /// the role's permission, which looks at the tags, may not know it yet.
  static final Duration FRESH = Duration.ofSeconds(20);

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Sleeper sleeper;

  public Retry(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /// Calls again while it fails with an unknown principal or, if `fresh`, with what a repository
  /// that was created or adopted a moment ago may cause.
  ///
  /// @param beforeAgain done after each wait; what it throws ends the call
  <T> T call(boolean fresh, Budget budget, Runnable beforeAgain, Supplier<T> call) {
    return again(
        budget.whole(),
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
  <T> T throttled(Budget budget, Runnable beforeAgain, Supplier<T> call) {
    return again(
        budget,
        beforeAgain,
        failure ->
            failure.kind() == EcrFailure.Kind.THROTTLED && budget.mayStillChange().getAsBoolean()
                ? ChronoUnit.FOREVER.getDuration()
                : Duration.ZERO,
        call);
  }

  /// @param bound how long all waits for such a failure may take
  private <T> T again(
      Budget budget, Runnable beforeAgain, Function<EcrFailure, Duration> bound, Supplier<T> call) {
    Pauses pauses = new Pauses();
    while (true) {
      try {
        return call.get();
      } catch (EcrFailure e) {
        if (!pauses.another(bound.apply(e), budget)) {
          throw e;
        }
        beforeAgain.run();
      }
    }
  }

  /// Asks until it is so, for at most this long.
  boolean until(Duration bound, Budget budget, Supplier<Boolean> question) {
    Pauses pauses = new Pauses();
    while (!question.get()) {
      if (!pauses.another(bound, budget.whole())) {
        return false;
      }
    }
    return true;
  }

  /// Ever longer ones, of one wait.
  private final class Pauses {

    private Duration waited = Duration.ZERO;
    private Duration next = FIRST;

    /// @param bound of all together
    /// @return false where it would not fit, or was interrupted
    boolean another(Duration bound, Budget budget) {
      if (waited.plus(next).compareTo(bound) > 0 || !budget.lets(next)) {
        return false;
      }
      try {
        sleeper.sleep(next);
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
