package dev.ecrrepo.simulation;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.simulation.Simulation.Finding;
import dev.ecrrepo.simulation.Simulation.Result;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `make simulate`: the long run. Reads the variables SEED, HISTORIES, MINUTES, FORMAT, PROVE, and
/// HISTORY for one history by its own seed.
final class Simulate {

  private static final PrintStream OUT = System.out;

  private static final long USUAL = 20_000;

  private final Map<String, String> variables;
  private final long seed;
  private final boolean json;
  private final Map<String, Json> document = new LinkedHashMap<>();
  private boolean good = true;

  private Simulate(Map<String, String> variables) {
    this.variables = variables;
    this.seed = number("SEED", System.currentTimeMillis());
    this.json = text("FORMAT").equals("json");
  }

  public static void main(String[] arguments) throws Exception {
    // The functions that are simulated print their metrics there.
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    Simulate run = new Simulate(System.getenv());
    if (!run.text("HISTORY").isEmpty()) {
      run.replay(run.number("HISTORY", 0));
    } else if (run.text("PROVE").isEmpty()) {
      run.search();
    } else {
      run.prove();
    }
    if (run.json) {
      OUT.println(Json.object(run.document));
    }
    System.exit(run.good ? 0 : 1);
  }

  private String text(String name) {
    return variables.getOrDefault(name, "").strip();
  }

  private long number(String name, long otherwise) {
    return text(name).isEmpty() ? otherwise : Long.parseLong(text(name));
  }

  private void say(String line) {
    if (!json) {
      OUT.println(line);
    }
  }

  /// One history again, by the seed that a finding printed.
  private void replay(long history) {
    History.Outcome outcome = History.play(Generator.history(history));
    outcome.violations().stream()
        .map(World.Violation::invariant)
        .distinct()
        .map(invariant -> Simulation.finding(invariant, history, Generator.history(history)))
        .forEach(finding -> say(Simulation.words(finding)));
    good = outcome.violations().isEmpty();
  }

  private void search() {
    long start = System.nanoTime();
    say("seed " + seed);
    Result points = Simulation.exhaustive(Flows.all());
    say(
        "%d points: a fault of every kind and a death at every call of %d flows, %d deliveries, %.0f s"
            .formatted(
                points.histories(), Flows.all().size(), points.deliveries(), seconds(start)));
    long second = System.nanoTime();
    Duration limit = Duration.ofMinutes(number("MINUTES", 0));
    long most = number("HISTORIES", limit.isZero() ? USUAL : Long.MAX_VALUE);
    Result random =
        Simulation.random(seed, most, () -> limit.isZero() || seconds(start) < limit.toSeconds());
    say(
        "%d random histories, %d steps, %d deliveries, %d troubles, %.0f s: %.0f steps a second"
            .formatted(
                random.histories(),
                random.steps(),
                random.deliveries(),
                random.struck(),
                seconds(second),
                random.steps() / seconds(second)));
    List<Finding> findings = new ArrayList<>(points.findings());
    findings.addAll(random.findings());
    findings.forEach(finding -> say("\n" + Simulation.words(finding)));
    say(findings.isEmpty() ? "No invariant was violated." : "");
    good = findings.isEmpty();
    document.put("seed", Json.of(seed));
    document.put("histories", Json.of(random.histories()));
    document.put("steps", Json.of(points.steps() + random.steps()));
    document.put("seconds", Json.of(Math.round(seconds(start))));
    document.put("points", Json.of(points.histories()));
    document.put("violations", Json.array(findings.stream().map(Simulate::violation).toList()));
  }

  private static Json violation(Finding finding) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("invariant", Json.of(finding.invariant().sentence()));
    members.put("seed", Json.of(finding.seed()));
    members.put("history", Json.strings(finding.history().stream().map(Object::toString).toList()));
    return Json.object(members);
  }

  private void prove() throws Exception {
    long start = System.nanoTime();
    List<Json> faults = new ArrayList<>();
    for (KnownFault fault : KnownFault.all()) {
      if (!text("PROVE").equals("1") && !fault.name().contains(text("PROVE"))) {
        continue;
      }
      Proof proof = Proof.of(fault);
      say("%-70s %s".formatted(fault.name(), proof.words()));
      good &= proof.found();
      Map<String, Json> members = new LinkedHashMap<>();
      members.put("name", Json.of(fault.name()));
      members.put("found", Json.of(proof.found()));
      members.put("histories", Json.of(proof.histories()));
      faults.add(Json.object(members));
    }
    say("%d known faults, %.0f s".formatted(faults.size(), seconds(start)));
    document.put("seconds", Json.of(Math.round(seconds(start))));
    document.put("faults", Json.array(faults));
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
