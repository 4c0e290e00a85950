package dev.ecrrepo.time;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The time that an invocation may still spend on calls, and whether a change may still start.
///
/// @param left zero or negative when it is over
/// @param mayChange false once the request has been answered: from then on nothing is changed
/// @param reserve what a wait leaves over, to delete the repository of a Create that fails
public record TimeLeft(Supplier<Duration> left, BooleanSupplier mayChange, Duration reserve) {

  private static final Duration CLEANUP_RESERVE = Duration.ofMinutes(1);

  public TimeLeft(Supplier<Duration> left, BooleanSupplier mayChange) {
    this(left, mayChange, CLEANUP_RESERVE);
  }

  /// For the clean-up itself, and for polling.
  public TimeLeft withoutReserve() {
    return new TimeLeft(left, mayChange, Duration.ZERO);
  }

  public boolean hasRoomFor(Duration wait) {
    return wait.plus(reserve).compareTo(left.get()) < 0;
  }

  public boolean mayStillChange() {
    return mayChange.getAsBoolean();
  }
}
