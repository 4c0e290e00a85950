package dev.ecrrepo.cloudformation;

import dev.ecrrepo.time.TimeLeft;

/// Does what a request asks for, and says what came of it. Called once in each invocation.
///
/// A failure must have a reason. The caller may replace the physical ID of a failure or of a
/// Delete. If this throws, the exception is logged, and the response has a fixed reason.
@FunctionalInterface
public interface Provider {

  Response handle(Request request, TimeLeft timeLeft);
}
