package dev.ecrrepo.cloudformation;

/// CloudFormation has not been told how its request ended, because it cannot be reached or because
/// the event is not one to act on.
///
/// The handler throws it out of the function: Lambda then runs the same event again, and keeps it
/// in the failure queue if that does not help either. The message contains no secret, and there is
/// no cause, since the JDK's own messages contain the response URL.
public final class UnansweredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnansweredException(String message) {
    super(message);
  }
}
