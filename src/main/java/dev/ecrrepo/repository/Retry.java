package dev.ecrrepo.repository;

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
  <T> T call(boolean fresh, Budget budget, Supplier<T> call) {
    return again(
        budget.whole(),
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
  <T> T throttled(Budget budget, Supplier<T> call) {
    return again(
        budget,
        failure ->
            failure.kind() == EcrFailure.Kind.THROTTLED && budget.mayStillChange().getAsBoolean()
                ? ChronoUnit.FOREVER.getDuration()
                : Duration.ZERO,
        call);
  }

  /// @param bound how long all waits for such a failure may take
  private <T> T again(Budget budget, Function<EcrFailure, Duration> bound, Supplier<T> call) {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST;
    while (true) {
      try {
        return call.get();
      } catch (EcrFailure e) {
        if (waited.plus(pause).compareTo(bound.apply(e)) > 0 || !pause(pause, budget)) {
          throw e;
        }
        waited = waited.plus(pause);
        pause = longer(pause);
      }
    }
  }

  /// Asks until it is so, for at most this long.
  boolean until(Duration bound, Budget budget, Supplier<Boolean> question) {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST;
    while (!question.get()) {
      if (waited.plus(pause).compareTo(bound) > 0 || !pause(pause, budget.whole())) {
        return false;
      }
      waited = waited.plus(pause);
      pause = longer(pause);
    }
    return true;
  }

  private boolean pause(Duration time, Budget budget) {
    if (!budget.lets(time)) {
      return false;
    }
    try {
      sleeper.sleep(time);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }
}
