package dev.ecrrepo.cloudformation;

import java.time.Duration;

/// How long this invocation may still work, and whether a change may still start.
public interface Deadline {

  /// Time left for calls; zero or negative when it has passed.
  Duration left();

  /// False once the time is over or the watchdog has answered: from then on nothing is changed.
  boolean mayStillChange();
}
