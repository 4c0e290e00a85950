package dev.ecrrepo.simulation;

import dev.ecrrepo.simulation.World.Violation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/// Plays many histories on all processors.
final class Simulation {

  private static final int CORES = Math.max(1, Runtime.getRuntime().availableProcessors());

  /// @param seed of the history; 0 for one that no seed made
  /// @param detail what was seen, and what happened until then
  /// @param history the shortened one
  record Finding(Invariant invariant, long seed, String detail, List<Step> history) {}

  /// @param struck troubles that befell
  /// @param findings the first of each invariant
  record Result(long histories, long steps, long deliveries, long struck, List<Finding> findings) {}

  private record Found(long seed, List<Step> history) {}

  private Simulation() {}

  /// Random histories.
  ///
  /// @param seed of the first; each has its own, one more than the last
  /// @param goOn asked before each
  static Result random(long seed, long histories, BooleanSupplier goOn) {
    return play(histories, goOn, number -> seedOf(seed + number), Simulation::history);
  }

  /// The same, until the first violation, which is not shortened.
  static Result first(long seed, long histories) {
    for (long number = 0; number < histories; number++) {
      List<Step> history = Generator.history(seedOf(seed + number));
      List<Violation> violations = History.play(history).violations();
      if (!violations.isEmpty()) {
        Violation violation = violations.getFirst();
        return new Result(
            number + 1,
            0,
            0,
            0,
            List.of(new Finding(violation.invariant(), 0, violation.detail(), history)));
      }
    }
    return new Result(histories, 0, 0, 0, List.of());
  }

  private static List<Step> history(long seed) {
    return Generator.history(seed);
  }

  /// Every fault at every call of these flows.
  static Result exhaustive(List<Flows.Flow> flows) {
    List<List<Step>> points = flows.stream().flatMap(flow -> Flows.points(flow).stream()).toList();
    return play(points.size(), () -> true, _ -> 0L, number -> points.get(Math.toIntExact(number)));
  }

  private static Result play(
      long count, BooleanSupplier goOn, LongFunction<Long> seeds, LongFunction<List<Step>> source) {
    AtomicLong next = new AtomicLong();
    AtomicLong played = new AtomicLong();
    AtomicLong steps = new AtomicLong();
    AtomicLong deliveries = new AtomicLong();
    AtomicLong struck = new AtomicLong();
    Map<Invariant, Found> found = new EnumMap<>(Invariant.class);
    Runnable worker =
        () -> {
          while (goOn.getAsBoolean()) {
            long number = next.getAndIncrement();
            if (number >= count) {
              return;
            }
            long seed = seeds.apply(number);
            List<Step> history = source.apply(seed == 0 ? number : seed);
            History.Outcome outcome = History.play(history);
            played.incrementAndGet();
            steps.addAndGet(outcome.steps());
            deliveries.addAndGet(outcome.deliveries());
            struck.addAndGet(outcome.struck());
            synchronized (found) {
              outcome
                  .violations()
                  .forEach(v -> found.putIfAbsent(v.invariant(), new Found(seed, history)));
            }
          }
        };
    try (ExecutorService pool = Executors.newFixedThreadPool(CORES)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CORES; i++) {
        running.add(pool.submit(worker));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    List<Finding> findings = new ArrayList<>();
    found.forEach((invariant, one) -> findings.add(finding(invariant, one.seed(), one.history())));
    return new Result(played.get(), steps.get(), deliveries.get(), struck.get(), findings);
  }

  static long seedOf(long number) {
    return (new SplittableRandom(number).nextLong() >>> 1) | 1;
  }

  /// The same again, shortened.
  static Finding finding(Invariant invariant, long seed, List<Step> history) {
    List<Step> shortest = Shrinker.shrink(history, invariant);
    History.Outcome outcome = History.play(shortest);
    String detail =
        outcome.violations().stream()
            .filter(violation -> violation.invariant() == invariant)
            .map(Violation::detail)
            .findFirst()
            .orElse("?");
    return new Finding(
        invariant, seed, detail + "\n    " + String.join("\n    ", outcome.log()), shortest);
  }

  /// For people: the invariant, its seed, what happened, and the steps.
  static String words(Finding finding) {
    StringBuilder words = new StringBuilder();
    words.append(finding.invariant()).append(": ").append(finding.invariant().sentence());
    words.append("\n  ").append(finding.seed() == 0 ? "a flow" : "seed " + finding.seed());
    words.append("\n  ").append(finding.detail());
    finding.history().forEach(step -> words.append("\n  ").append(step));
    return words.toString();
  }
}
