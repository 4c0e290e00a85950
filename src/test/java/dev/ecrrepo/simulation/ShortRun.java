package dev.ecrrepo.simulation;

import dev.ecrrepo.simulation.Simulation.Result;
import java.util.List;

/// What `make test` plays: some flows with every fault at every call, the same random histories
/// each time, and some that nobody has seen.
final class ShortRun {

  static final long SEED = 20_261_120;
  static final long FIXED = 3_000;
  static final long NEW = 400;
  private static final int PART = 100;

  private ShortRun() {}

  static List<Flows.Flow> flows() {
    return Flows.all().stream().filter(flow -> !flow.name().contains(" of ")).toList();
  }

  /// For a process of its own: prints after how many histories something was found, or nothing.
  public static void main(String[] arguments) {
    long played = 0;
    for (; played < FIXED; played += PART) {
      Result result = Simulation.first(SEED + played, PART);
      if (!result.findings().isEmpty()) {
        end(
            played
                + result.histories()
                + " histories: "
                + result.findings().getFirst().invariant());
      }
    }
    Result points = Simulation.exhaustive(flows());
    if (!points.findings().isEmpty()) {
      end(
          played
              + points.histories()
              + " histories, injected faults at every call: "
              + points.findings().getFirst().invariant());
    }
    end("-");
  }

  private static void end(String line) {
    System.out.println(line);
    System.exit(0);
  }
}
