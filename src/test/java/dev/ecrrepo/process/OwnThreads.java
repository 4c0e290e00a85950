package dev.ecrrepo.process;

import java.util.concurrent.ExecutorService;

/// Lets a simulation decide when tasks run.
public final class OwnThreads {

  private OwnThreads() {}

  /// Tasks that the current thread starts from now on run there.
  ///
  /// @return where they ran until now
  public static ExecutorService use(ExecutorService executor) {
    return Threads.use(executor);
  }
}
