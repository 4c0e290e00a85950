package dev.ecrrepo.cloudformation;

import java.util.concurrent.CompletableFuture;

/// The one response of an invocation. The provider and the watchdog may both give one. Only the
/// first counts, and every attempt to send it sends the same bytes.
final class FirstResponse {

  private final CompletableFuture<ResponseBody> given = new CompletableFuture<>();

  /// @return true if this is the first response; false if one was given before
  boolean give(ResponseBody response) {
    return given.complete(response);
  }

  boolean isGiven() {
    return given.isDone();
  }

  /// Completes when the first response is given.
  CompletableFuture<ResponseBody> future() {
    return given;
  }

  /// The first response. Call it only after one was given.
  ResponseBody get() {
    return given.resultNow();
  }
}
