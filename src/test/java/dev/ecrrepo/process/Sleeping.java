package dev.ecrrepo.process;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A task that sleeps for a minute and knows what ended it.
public final class Sleeping implements Callable<Void> {

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CompletableFuture<String> met = new CompletableFuture<>();

  @Override
  public Void call() {
    begun.countDown();
    try {
      Thread.sleep(60_000);
      met.complete("nothing");
    } catch (InterruptedException _) {
      met.complete("an interruption");
    }
    return null;
  }

  public void awaitBegin() throws InterruptedException {
    begun.await();
  }

  public String met() throws Exception {
    return met.get(10, TimeUnit.SECONDS);
  }
}
