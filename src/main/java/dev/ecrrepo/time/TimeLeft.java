package dev.ecrrepo.time;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The time that an invocation may still spend on calls, and whether a change may still start.
///
/// @param countdown the time that remains at the moment
/// @param mayChange false once the request has been answered: from then on nothing is changed
/// @param reserve what a wait leaves over, to delete the repository of a Create that fails
public record TimeLeft(Supplier<Duration> countdown, BooleanSupplier mayChange, Duration reserve) {

  private static final Duration MAX_RESERVE = Duration.ofMinutes(1);

  /// Reserves a minute; of less than two minutes, half, so that throttled calls are made again even
  /// if the ServiceTimeout is short.
  public TimeLeft(Supplier<Duration> countdown, BooleanSupplier mayChange) {
    this(countdown, mayChange, reserveOf(countdown.get()));
  }

  private static Duration reserveOf(Duration left) {
    Duration half = left.dividedBy(2);
    return half.compareTo(MAX_RESERVE) < 0 ? half : MAX_RESERVE;
  }

  /// Zero or negative when the time is over.
  public Duration remaining() {
    return countdown.get();
  }

  /// For the clean-up itself, for polling, and for the waits until ECR is consistent.
  public TimeLeft withoutReserve() {
    return new TimeLeft(countdown, mayChange, Duration.ZERO);
  }

  /// At most this long from now, without a reserve: for what is useful but not necessary.
  public TimeLeft atMost(Duration limit) {
    Duration surplus = remaining().minus(limit);
    Duration kept = surplus.isPositive() ? surplus : Duration.ZERO;
    return new TimeLeft(() -> countdown.get().minus(kept), mayChange, Duration.ZERO);
  }

  public boolean hasRoomFor(Duration wait) {
    return wait.plus(reserve).compareTo(remaining()) < 0;
  }

  public boolean mayStillChange() {
    return mayChange.getAsBoolean();
  }
}
