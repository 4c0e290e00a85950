package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.util.Optional;

/// A repository as it was before a plan, and how much time was left when it was read. A read can
/// take long if ECR throttles the account, and its parts are read at different times.
///
/// @param repository empty if there was none, or if nothing was read
/// @param leftBefore when the read began
record TimedObservation(Optional<ObservedRepository> repository, Duration leftBefore) {

  /// After this long, for example because ECR throttles the calls, another event may have changed
  /// what was read.
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  static TimedObservation read(EcrGateway ecr, String name, TimeLeft timeLeft) {
    Duration leftBefore = timeLeft.remaining();
    return new TimedObservation(ecr.observe(name, timeLeft), leftBefore);
  }

  static TimedObservation notRead(TimeLeft timeLeft) {
    return new TimedObservation(Optional.empty(), timeLeft.remaining());
  }

  boolean isOutdated(TimeLeft timeLeft) {
    return isOutdated(leftBefore, timeLeft);
  }

  /// @param leftThen how much time was left when it was read
  static boolean isOutdated(Duration leftThen, TimeLeft timeLeft) {
    return leftThen.minus(timeLeft.remaining()).compareTo(MAX_AGE) > 0;
  }
}
