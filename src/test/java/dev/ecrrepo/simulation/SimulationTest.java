package dev.ecrrepo.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.simulation.Simulation.Result;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The short run of the simulation: the same histories each time, and some that nobody has seen.
class SimulationTest {

  private static final long SEED = 20_261_120;
  private static final long FIXED = 3_000;
  private static final long NEW = 400;

  @Test
  void theSameHistoriesViolateNothing() {
    hold(SEED, FIXED);
  }

  @Test
  void newHistoriesViolateNothing() {
    hold(System.nanoTime(), NEW);
  }

  private static void hold(long seed, long histories) {
    Result result = Simulation.random(seed, histories, () -> true);
    assertTrue(
        result.findings().isEmpty(),
        () ->
            result.findings().stream()
                .map(Simulation::words)
                .collect(Collectors.joining("\n\n", "\n", "\n")));
  }
}
