package dev.ecrrepo.cloudformation;

import dev.ecrrepo.repository.RepositoryName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/// The exchange of one event with a simulated clock and receiver: everything but HTTP is real.
public final class InvocationInSimulation {

  private InvocationInSimulation() {}

  /// Clock and receiver.
  public interface Surroundings {
    Instant now();

    void sleep(Duration duration) throws InterruptedException;

    boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException;

    /// @return the HTTP status
    int put(byte[] body) throws IOException, InterruptedException;
  }

  /// @throws UnansweredException when CloudFormation was not told
  public static void run(
      byte[] event,
      Provider provider,
      Duration remaining,
      Surroundings surroundings,
      RandomGenerator random) {
    Time time =
        new Time() {
          @Override
          public Instant now() {
            return surroundings.now();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            surroundings.sleep(duration);
          }

          @Override
          public boolean await(CompletableFuture<?> future, Duration atMost)
              throws InterruptedException {
            return surroundings.await(future, atMost);
          }
        };
    new CustomResourceInvocation(
            ResponseHosts.of(""),
            RepositoryName::isValid,
            time,
            (_, body, _) -> surroundings.put(body),
            random)
        .run(
            event,
            provider,
            new CustomResourceInvocation.Invocation(remaining, "log stream simulated"));
  }
}
