package dev.ecrrepo.ecr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.process.Sleeping;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ParallelCallsTest {

  @Test
  void callsRunAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    try (ParallelCalls parallel = new ParallelCalls()) {
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
    Thread closing = Thread.currentThread();
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> {
              try (ParallelCalls parallel = new ParallelCalls()) {
                Supplier<?> failing =
                    parallel.start(() -> {
                      throw new IllegalStateException("why");
                    });
                parallel.start(() -> {
                  failed.await();
                  while (closing.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                  }
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
    Sleeping call = new Sleeping();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              try (ParallelCalls parallel = new ParallelCalls()) {
                parallel.start(call);
              }
              flag.complete(Thread.currentThread().isInterrupted());
            });
    call.awaitBegin();
    waiting.interrupt();
    assertEquals("an interruption", call.met());
    assertTrue(flag.get(10, TimeUnit.SECONDS));
  }
}
