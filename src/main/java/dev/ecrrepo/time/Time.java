package dev.ecrrepo.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The clock, and waiting by it.
public interface Time {

  Instant now();

  void sleep(Duration duration) throws InterruptedException;

  /// Waits until the future is complete.
  ///
  /// @return false when the time was over first
  boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException;

  /// The machine's.
  static Time system() {
    return new Time() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
      }

      @Override
      public boolean await(CompletableFuture<?> future, Duration atMost)
          throws InterruptedException {
        try {
          future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
          return true;
        } catch (TimeoutException _) {
          return false;
        } catch (ExecutionException _) {
          return true;
        }
      }
    };
  }
}
