package dev.ecrrepo.ecr;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The time that an invocation may still spend.
///
/// @param left for calls of any kind; zero or negative when it is over
/// @param mayStillChange asked before each writing call; false once the request has been answered
/// @param kept what a wait leaves over: a Create that fails must still be undone
public record Budget(Supplier<Duration> left, BooleanSupplier mayStillChange, Duration kept) {

  private static final Duration UNDO = Duration.ofMinutes(1);

  public Budget(Supplier<Duration> left, BooleanSupplier mayStillChange) {
    this(left, mayStillChange, UNDO);
  }

  /// Nothing kept: for the undoing itself, and for waits that are short.
  Budget whole() {
    return new Budget(left, mayStillChange, Duration.ZERO);
  }

  boolean lets(Duration wait) {
    return wait.plus(kept).compareTo(left.get()) < 0;
  }
}
