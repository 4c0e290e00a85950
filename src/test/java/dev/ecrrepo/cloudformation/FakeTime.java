package dev.ecrrepo.cloudformation;

import dev.ecrrepo.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A clock that stands still until somebody sleeps or waits in vain.
final class FakeTime implements Time {
  static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  private final CompletableFuture<Void> hung = new CompletableFuture<>();
  private Instant now = START;

  @Override
  public synchronized Instant now() {
    return now;
  }

  synchronized void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public void sleep(Duration duration) {
    pass(duration);
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration atMost) {
    // A minute of the real clock turns a test that would wait for ever into one that fails.
    CompletableFuture.anyOf(future, hung).orTimeout(1, TimeUnit.MINUTES).join();
    if (future.isDone()) {
      return true;
    }
    pass(atMost);
    return false;
  }

  /// For a provider: never returns, as a call that is never answered, until it is interrupted.
  void hang() throws InterruptedException {
    hung.complete(null);
    new CountDownLatch(1).await();
  }
}
