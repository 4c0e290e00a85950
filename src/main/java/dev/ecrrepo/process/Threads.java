package dev.ecrrepo.process;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.MDC;

/// Daemon threads, used again by the next task that needs one. A task logs with the context (MDC)
/// of whoever started it.
///
/// Warm, an event with four reads was half a millisecond quicker by them than by new threads,
/// platform ones for the work and the answer and virtual ones for the reads.
public final class Threads {

  private static final ExecutorService REUSED =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("worker-", 1).factory());

  /// For the tests' simulation, which runs tasks one at a time in an order of its own.
  private static final ThreadLocal<ExecutorService> OWN = new ThreadLocal<>();

  private Threads() {}

  /// Tasks that the current thread starts from now on run there instead.
  ///
  /// @return where they ran until now
  static ExecutorService use(ExecutorService own) {
    ExecutorService before = OWN.get();
    OWN.set(own);
    return before;
  }

  /// Runs the task at once, beside whatever else runs. Cancelling the result interrupts it.
  ///
  /// @throws OutOfMemoryError when no thread can be made
  public static <T> Future<T> start(Callable<T> task) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    ExecutorService own = OWN.get();
    return (own == null ? REUSED : own)
        .submit(() -> {
          MDC.setContextMap(context == null ? Map.of() : context);
          try {
            return task.call();
          } finally {
            MDC.clear();
          }
        });
  }
}
