package dev.ecrrepo.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// Time of a test: another clock, and other waiting.
public final class Times {

  private Times() {}

  /// How a thread waits.
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  public static Time sleeping(Sleeper sleeper) {
    return of(Clock.systemUTC(), sleeper);
  }

  public static Time of(Clock clock, Sleeper sleeper) {
    return new Time() {
      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        sleeper.sleep(duration);
      }

      @Override
      public boolean await(CompletableFuture<?> future, Duration atMost) {
        throw new AssertionError("only the watchdog waits for a future");
      }
    };
  }
}
