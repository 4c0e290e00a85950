package dev.ecrrepo.cloudformation;

import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The time that one invocation has: until Lambda kills it, or until CloudFormation stops waiting,
/// whichever is earlier, less what it takes to answer.
///
/// @param stop when calls end
/// @param limit what ends them, and what to do about it: a sentence for the template author
record InvocationDeadline(Instant stop, String limit, Time time, FirstResponse answer) {

  /// For the last call to come back, the watchdog's answer and all attempts of sending it.
  private static final Duration BEFORE_KILL = Duration.ofSeconds(20);

  /// Of a ServiceTimeout under two minutes it is half: else a resource with a short one could never
  /// be answered well, not even its Delete.
  private static final Duration BEFORE_SERVICE_TIMEOUT = Duration.ofSeconds(60);

  /// After the deadline, so that a provider that keeps it can say itself how far it came.
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final String TIMEOUT =
      "The limit is the Timeout of the provider's function, which Lambda limits to 900 seconds. Try"
          + " the operation again: it continues from whatever it finds.";
  private static final String SERVICE_TIMEOUT =
      "The limit is the resource's ServiceTimeout; raise it to 120 or more, up to 3600 seconds,"
          + " or remove it.";

  /// @param remaining until Lambda kills the function
  /// @param goodUntil when CloudFormation stops waiting, if that is known
  /// @param serviceTimeout how long it waits in all
  static InvocationDeadline of(
      Duration remaining,
      Optional<Instant> goodUntil,
      Duration serviceTimeout,
      Time time,
      FirstResponse answer) {
    Instant kill = time.now().plus(remaining).minus(BEFORE_KILL);
    Duration half = serviceTimeout.dividedBy(2);
    Duration margin = half.compareTo(BEFORE_SERVICE_TIMEOUT) < 0 ? half : BEFORE_SERVICE_TIMEOUT;
    Optional<Instant> unheard =
        goodUntil.map(end -> end.minus(margin)).filter(end -> end.isBefore(kill));
    return new InvocationDeadline(
        unheard.orElse(kill), unheard.isPresent() ? SERVICE_TIMEOUT : TIMEOUT, time, answer);
  }

  TimeLeft timeLeft() {
    return new TimeLeft(this::left, () -> !answer.isGiven() && left().isPositive());
  }

  Duration left() {
    return Duration.between(time.now(), stop);
  }

  /// How long the provider is waited for.
  Duration untilWatchdog() {
    return left().plus(GRACE);
  }
}
