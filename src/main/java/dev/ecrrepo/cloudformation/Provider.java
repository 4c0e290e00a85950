package dev.ecrrepo.cloudformation;

/// Decides the response to a request. Called once an invocation; may throw, which becomes a failure
/// that names no secret.
@FunctionalInterface
public interface Provider {

  Response handle(Request request, Deadline deadline);
}
