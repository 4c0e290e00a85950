package dev.ecrrepo.report;

import dev.ecrrepo.time.Time;
import java.time.Duration;
import java.util.function.LongSupplier;

/// At most this many repositories a second. ECR publishes no rate for these calls and throttles an
/// account by all that it calls, deployments included. A call that is throttled all the same is
/// made again.
public final class RateLimiter {

  private final long interval;
  private final LongSupplier nanoseconds;
  private final Time time;
  private long next = Long.MIN_VALUE;

  /// @param nanoseconds a clock such as [System#nanoTime]
  public RateLimiter(int perSecond, LongSupplier nanoseconds, Time time) {
    this.interval = Duration.ofSeconds(1).dividedBy(perSecond).toNanos();
    this.nanoseconds = nanoseconds;
    this.time = time;
  }

  /// Waits until the next one may begin.
  ///
  /// @return false where the wait was interrupted
  boolean next() {
    long now = nanoseconds.getAsLong();
    long wait = next == Long.MIN_VALUE ? 0 : Math.max(0, next - now);
    if (wait > 0) {
      try {
        time.sleep(Duration.ofNanos(wait));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    next = now + wait + interval;
    return true;
  }
}
