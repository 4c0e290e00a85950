package dev.ecrrepo.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.simulation.Simulation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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
  void eachKnownFaultStillAppliesToItsSource() throws IOException {
    assertTrue(KnownFault.all().size() >= 25);
    for (KnownFault fault : KnownFault.all()) {
      fault.put(Files.readString(Path.of("src/main/java/dev/ecrrepo", fault.source())));
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
