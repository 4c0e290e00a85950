package dev.ecrrepo.logging;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.MDC;

/// Daemon threads, used again by the next task that needs one: in a warm function, starting a
/// thread takes longer than most of what is done in it. A task logs with the context (MDC) of
/// whoever started it.
///
/// Not virtual ones: a call that hangs in the machine's resolver holds the processor that a virtual
/// thread runs on, and then nobody could tell CloudFormation.
public final class Threads {

  private static final ExecutorService REUSED =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("worker-", 1).factory());

  private Threads() {}

  /// Runs the task at once, beside whatever else runs. Cancelling the result interrupts it.
  ///
  /// @throws OutOfMemoryError when no thread can be made
  public static <T> Future<T> start(Callable<T> task) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return REUSED.submit(() -> {
      MDC.setContextMap(context == null ? Map.of() : context);
      try {
        return task.call();
      } finally {
        MDC.clear();
      }
    });
  }
}
