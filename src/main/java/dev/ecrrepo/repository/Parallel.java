package dev.ecrrepo.repository;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.MDC;

/// Independent calls at the same time. Closing waits for all of them, so that nothing of an
/// invocation outlives it.
final class Parallel implements AutoCloseable {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Optional<Map<String, String>> logged =
      Optional.ofNullable(MDC.getCopyOfContextMap());

  /// Starts a call; the supplier waits for its result, or throws what the call threw.
  <T> Supplier<T> start(Callable<T> call) {
    Future<T> result =
        threads.submit(() -> {
          logged.ifPresent(MDC::setContextMap);
          return call.call();
        });
    return () -> {
      try {
        return result.get();
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case RuntimeException cause -> throw cause;
          case Error cause -> throw cause;
          default -> throw new IllegalStateException(e.getCause());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for ECR", e);
      }
    };
  }

  @Override
  public void close() {
    threads.close();
  }
}
