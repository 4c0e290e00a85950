package dev.ecrrepo.cloudformation;

import dev.ecrrepo.time.TimeLeft;

/// Decides the response to a request. Called once an invocation; may throw, which becomes a failure
/// that names no secret.
@FunctionalInterface
public interface Provider {

  Response handle(Request request, TimeLeft timeLeft);
}
