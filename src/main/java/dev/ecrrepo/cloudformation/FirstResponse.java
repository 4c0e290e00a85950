package dev.ecrrepo.cloudformation;

import java.util.concurrent.CompletableFuture;

/// The one answer of an invocation. The provider and the watchdog may both have one; the first that
/// is given counts, and what is sent, in one attempt or several, are always its bytes.
final class FirstResponse {

  private final CompletableFuture<ResponseBody> given = new CompletableFuture<>();

  /// @return whether this one is it; false when there was one before
  boolean give(ResponseBody answer) {
    return given.complete(answer);
  }

  boolean isGiven() {
    return given.isDone();
  }

  /// To wait for.
  CompletableFuture<ResponseBody> future() {
    return given;
  }

  /// Only after one was given.
  ResponseBody get() {
    return given.resultNow();
  }
}
