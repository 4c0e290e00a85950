package dev.ecrrepo.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ParallelTest {

  @Test
  void callsRunAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    try (Parallel parallel = new Parallel()) {
      Supplier<Boolean> one = parallel.start(() -> meet(both));
      Supplier<Boolean> two = parallel.start(() -> meet(both));
      assertTrue(one.get() && two.get());
    }
  }

  private static boolean meet(CountDownLatch both) throws InterruptedException {
    both.countDown();
    return both.await(30, TimeUnit.SECONDS);
  }

  @Test
  void closingWaitsForAllWhateverTheOthersThrew() {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch failed = new CountDownLatch(1);
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> {
              try (Parallel parallel = new Parallel()) {
                Supplier<?> failing =
                    parallel.start(() -> {
                      throw new IllegalStateException("why");
                    });
                parallel.start(() -> {
                  failed.await();
                  Thread.sleep(50);
                  ended.set(true);
                  return null;
                });
                try {
                  failing.get();
                } finally {
                  assertFalse(ended.get());
                  failed.countDown();
                }
              }
            });
    assertEquals("why", thrown.getMessage());
    assertTrue(ended.get());
  }

  @Test
  void anInterruptionReachesTheCalls() throws Exception {
    CompletableFuture<String> met = new CompletableFuture<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              try (Parallel parallel = new Parallel()) {
                parallel.start(() -> {
                  begun.countDown();
                  try {
                    Thread.sleep(60_000);
                    return met.complete("nothing");
                  } catch (InterruptedException _) {
                    return met.complete("an interruption");
                  }
                });
              }
              flag.complete(Thread.currentThread().isInterrupted());
            });
    begun.await();
    waiting.interrupt();
    assertEquals("an interruption", met.get(10, TimeUnit.SECONDS));
    assertTrue(flag.get(10, TimeUnit.SECONDS));
  }
}
