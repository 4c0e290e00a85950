package dev.ecrrepo.ecr;

import dev.ecrrepo.process.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Makes independent calls at the same time. Closing waits for all of them, so that no call
/// outlives its invocation; if this thread is interrupted, it cancels them, and their own timeouts
/// end them.
public final class ParallelCalls implements AutoCloseable {

  private final List<Future<?>> started = new ArrayList<>();

  /// Starts a call; the supplier waits for its result, or throws what the call threw.
  public <T> Supplier<T> start(Callable<T> call) {
    Future<T> result = Threads.start(call);
    started.add(result);
    return () -> await(result);
  }

  private static <T> T await(Future<T> result) {
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
  }

  /// If this thread is interrupted, this method cancels the calls and does not wait for them. A
  /// call that waits for the network ignores that; its own timeout ends it before the invocation's.
  @Override
  public void close() {
    for (Future<?> call : started) {
      try {
        call.get();
      } catch (ExecutionException _) {
        // The supplier throws it if it is asked. If it is not, another failure already ended the
        // work.
      } catch (InterruptedException _) {
        started.forEach(each -> each.cancel(true));
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
