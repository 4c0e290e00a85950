package dev.ecrrepo.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ThreadsTest {

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void aTaskLogsWithTheContextOfWhoeverStartedIt() throws Exception {
    MDC.put("requestId", "one");
    Future<String> first = Threads.start(() -> MDC.get("requestId"));
    MDC.put("requestId", "two");
    Future<String> second = Threads.start(() -> MDC.get("requestId"));
    assertEquals("one", first.get());
    assertEquals("two", second.get());
  }

  @Test
  void noContextIsLeftForTheNextTaskOfTheThread() throws Exception {
    for (int i = 0; i < 20; i++) {
      MDC.put("requestId", "one");
      Threads.start(() -> MDC.get("requestId")).get();
      MDC.clear();
      assertNull(Threads.start(() -> MDC.get("requestId")).get());
    }
  }

  @Test
  void aThreadIsOfThePlatformAndDoesNotKeepTheProcessAlive() throws Exception {
    Thread thread = Threads.start(Thread::currentThread).get();
    assertFalse(thread.isVirtual());
    assertTrue(thread.isDaemon());
  }

  @Test
  void aTaskThatHangsHoldsUpNoOther() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    List<Future<Boolean>> hanging =
        Stream.generate(() -> Threads.start(() -> end.await(1, TimeUnit.MINUTES)))
            .limit(8)
            .toList();
    assertEquals("done", Threads.start(() -> "done").get(10, TimeUnit.SECONDS));
    end.countDown();
    for (Future<Boolean> each : hanging) {
      assertTrue(each.get());
    }
  }

  @Test
  void cancellingInterrupts() throws Exception {
    Sleeping task = new Sleeping();
    Future<?> started = Threads.start(task);
    task.awaitBegin();
    started.cancel(true);
    assertEquals("an interruption", task.met());
  }

  @Test
  void whatATaskThrowsIsTheCause() {
    Future<?> task =
        Threads.start(() -> {
          throw new IllegalStateException("why");
        });
    assertEquals("why", assertThrows(ExecutionException.class, task::get).getCause().getMessage());
  }
}
