package dev.ecrrepo.cloudformation;

import dev.ecrrepo.repository.RepositoryName;
import dev.ecrrepo.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// The exchange of one event with a simulated clock and receiver: everything but HTTP is real.
public final class SimulatedDelivery {

  private SimulatedDelivery() {}

  /// Clock and receiver.
  public interface Surroundings extends Time {
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
    new CustomResourceHandler(
            ResponseHosts.of(""),
            RepositoryName::isValid,
            surroundings,
            (_, body, _) -> surroundings.put(body),
            random)
        .handle(event, provider, remaining, "log stream simulated");
  }
}
