package dev.ecrrepo.process;

import java.util.concurrent.ExecutorService;

/// Lets a simulation decide when tasks run.
public final class OwnThreads {

  private OwnThreads() {}

  /// Tasks that the current thread starts from now on run on `executor`; null stands for the shared
  /// pool.
  ///
  /// @return the executor until now
  public static ExecutorService replaceExecutor(ExecutorService executor) {
    return Threads.replaceExecutor(executor);
  }
}
