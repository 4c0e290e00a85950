package dev.ecrrepo.cloudformation;

import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// When the calls of an invocation must end: before Lambda stops the function, or before
/// CloudFormation stops waiting, whichever is earlier, with time left to respond.
///
/// @param limitAdvice what the limit is, and what to do about it: a sentence for the template
///   author
record InvocationDeadline(Instant callsEnd, String limitAdvice, Time time) {

  /// Time for the last call to return, for the watchdog, and for all attempts to send the response.
  private static final Duration LAMBDA_TIMEOUT_MARGIN = Duration.ofSeconds(20);

  /// Time to respond, and for clocks that differ. For a ServiceTimeout under two minutes it is half
  /// of it, so that a resource with a short one can still succeed.
  private static final Duration SERVICE_TIMEOUT_MARGIN = Duration.ofSeconds(60);

  /// Time after the deadline in which the provider can report its own failure before the watchdog
  /// does.
  private static final Duration WATCHDOG_DELAY = Duration.ofSeconds(5);

  private static final String TIMEOUT =
      "The limit is the Timeout of the provider's function, which Lambda limits to 900 seconds. Try"
          + " the operation again: it continues from whatever it finds.";
  private static final String SERVICE_TIMEOUT =
      "The limit is the resource's ServiceTimeout; raise it to 120 or more, up to 3600 seconds,"
          + " or remove it.";

  /// @param remaining until Lambda kills the function
  /// @param responseDeadline when CloudFormation stops waiting, if that is known
  /// @param serviceTimeout how long it waits in all
  static InvocationDeadline of(
      Duration remaining, Optional<Instant> responseDeadline, Duration serviceTimeout, Time time) {
    Instant lambdaLimit = time.now().plus(remaining).minus(LAMBDA_TIMEOUT_MARGIN);
    Duration half = serviceTimeout.dividedBy(2);
    Duration margin = half.compareTo(SERVICE_TIMEOUT_MARGIN) < 0 ? half : SERVICE_TIMEOUT_MARGIN;
    Optional<Instant> earlier =
        responseDeadline.map(end -> end.minus(margin)).filter(end -> end.isBefore(lambdaLimit));
    return new InvocationDeadline(
        earlier.orElse(lambdaLimit), earlier.isPresent() ? SERVICE_TIMEOUT : TIMEOUT, time);
  }

  /// @param answered whether CloudFormation has its response: then nothing may be changed any more
  TimeLeft timeLeft(BooleanSupplier answered) {
    return new TimeLeft(this::left, () -> !answered.getAsBoolean() && left().isPositive());
  }

  Duration left() {
    return Duration.between(time.now(), callsEnd);
  }

  /// How long the watchdog waits for the provider.
  Duration untilWatchdog() {
    return left().plus(WATCHDOG_DELAY);
  }
}
