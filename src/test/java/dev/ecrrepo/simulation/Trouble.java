package dev.ecrrepo.simulation;

/// Something that goes wrong once.
///
/// @param event which of the step's events it befalls, from 0
/// @param call which of the event's calls to ECR, from 0; without meaning for what befalls the
///   answer
record Trouble(int event, int call, Kind kind) {

  enum Kind {
    /// ECR fails and has done nothing.
    SERVER_ERROR,
    /// The connection breaks after the call took effect.
    RESET_AFTER,
    /// The same, but the SDK makes the call once more.
    RETRIED,
    /// The role may not.
    DENIED,
    /// ECR throttles the call, and the next ones of its kind for some seconds.
    THROTTLED,
    /// The call takes effect without an answer, and ECR throttles all further calls of this kind.
    THROTTLED_AFTER,
    /// ECR does not know the repository, which is new.
    ABSENT,
    /// ECR does not know a principal yet, for some seconds.
    PRINCIPAL,
    /// ECR does not know a principal, for this whole event.
    PRINCIPAL_NEVER,
    /// The call ends by its timeout and has no effect.
    LOST,
    /// The call ends by its timeout and takes effect later.
    LATE,
    /// The call comes back after the watchdog has answered.
    HANG,
    /// The function's process ends before the call.
    DIE_BEFORE,
    /// The function's process ends after the call.
    DIE_AFTER,
    /// The receiver answers 500 to every attempt.
    ANSWER_REFUSED,
    /// The receiver has the answer but the connection breaks.
    ANSWER_RESET,
    /// The process ends when the answer should be sent.
    DIE_UNANSWERED,
    /// The process ends when the answer was sent.
    DIE_ANSWERED,
    /// Lambda delivers the event once more, when it has been answered.
    TWICE,
    /// Lambda delivers the event twice at the same time.
    TWICE_AT_ONCE;

    boolean isOfCall() {
      return compareTo(ANSWER_REFUSED) < 0;
    }

    /// Whether the call, or its next attempt, comes much later.
    boolean waits() {
      return switch (this) {
        case THROTTLED, THROTTLED_AFTER, PRINCIPAL, PRINCIPAL_NEVER, LOST, LATE, HANG, ABSENT ->
            true;
        default -> false;
      };
    }

    /// Whether an event that it befalls may fail. A death may not: Lambda runs the event again.
    boolean excusesFailure() {
      return switch (this) {
        case SERVER_ERROR,
            RESET_AFTER,
            THROTTLED_AFTER,
            DENIED,
            ABSENT,
            PRINCIPAL_NEVER,
            LOST,
            LATE,
            HANG ->
            true;
        default -> false;
      };
    }
  }
}
