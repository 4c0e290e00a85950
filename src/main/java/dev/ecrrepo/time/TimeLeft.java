package dev.ecrrepo.time;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The time that an invocation may still spend on calls, and whether a change may still start.
///
/// @param left zero or negative when it is over
/// @param mayChange false once the request has been answered: from then on nothing is changed
/// @param reserve what a wait leaves over: a Create that fails must still be undone
public record TimeLeft(Supplier<Duration> left, BooleanSupplier mayChange, Duration reserve) {

  private static final Duration FOR_UNDO = Duration.ofMinutes(1);

  public TimeLeft(Supplier<Duration> left, BooleanSupplier mayChange) {
    this(left, mayChange, FOR_UNDO);
  }

  /// Without the reserve: for the undoing itself, and for waits that are short.
  public TimeLeft whole() {
    return new TimeLeft(left, mayChange, Duration.ZERO);
  }

  public boolean hasRoomFor(Duration wait) {
    return wait.plus(reserve).compareTo(left.get()) < 0;
  }

  public boolean mayStillChange() {
    return mayChange.getAsBoolean();
  }
}
