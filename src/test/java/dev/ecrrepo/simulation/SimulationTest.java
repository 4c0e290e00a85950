package dev.ecrrepo.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.simulation.Simulation.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short run of the simulation; `make simulate` has the long one.
class SimulationTest {

  @Test
  void everyFaultAtEveryCallOfTheUsualFlowsViolatesNothing() {
    hold(Simulation.exhaustive(ShortRun.flows()));
  }

  @Test
  void theSameHistoriesViolateNothing() {
    hold(Simulation.random(ShortRun.SEED, ShortRun.FIXED, () -> true));
  }

  @Test
  void newHistoriesViolateNothing() {
    hold(Simulation.random(System.nanoTime(), ShortRun.NEW, () -> true));
  }

  @Test
  void theSameSeedGivesTheSameHistoryAndTheSameOutcome() {
    for (long seed = 1; seed <= 20; seed++) {
      assertEquals(
          History.play(Generator.history(seed)).log(), History.play(Generator.history(seed)).log());
    }
  }

  @Test
  void eachKnownFaultStillAppliesToItsSourceAndCompiles(@TempDir Path folder) throws IOException {
    List<KnownFault> faults = KnownFault.all();
    assertTrue(faults.size() >= 25);
    for (int i = 0; i < faults.size(); i++) {
      Proof.compile(faults.get(i), folder.resolve(String.valueOf(i)));
    }
  }

  private static void hold(Result result) {
    assertTrue(
        result.findings().isEmpty(),
        () ->
            result.findings().stream()
                .map(Simulation::words)
                .collect(Collectors.joining("\n\n", "\n", "\n")));
  }
}
