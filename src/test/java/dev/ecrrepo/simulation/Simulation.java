package dev.ecrrepo.simulation;

import dev.ecrrepo.simulation.World.Violation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// Plays many histories on all processors.
final class Simulation {

  /// @param history the shortened one
  record Finding(Invariant invariant, long seed, String detail, List<Step> history) {}

  /// @param findings the first of each invariant
  record Result(long histories, long steps, long deliveries, List<Finding> findings) {}

  private Simulation() {}

  /// @param seed of the first history; each has its own, one more than the last
  /// @param goOn asked before each
  static Result random(long seed, long histories, BooleanSupplier goOn) {
    AtomicLong next = new AtomicLong();
    AtomicLong steps = new AtomicLong();
    AtomicLong deliveries = new AtomicLong();
    Map<Invariant, Long> found = new EnumMap<>(Invariant.class);
    int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(
            pool.submit(() -> {
              while (goOn.getAsBoolean()) {
                long number = next.getAndIncrement();
                if (number >= histories) {
                  next.decrementAndGet();
                  return;
                }
                long one = seedOf(seed, number);
                History.Outcome outcome = History.play(Generator.history(one));
                steps.addAndGet(outcome.steps());
                deliveries.addAndGet(outcome.deliveries());
                synchronized (found) {
                  outcome.violations().forEach(v -> found.merge(v.invariant(), one, Math::min));
                }
              }
            }));
      }
      for (Future<?> each : running) {
        try {
          each.get();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    found.forEach((invariant, one) -> findings.add(finding(invariant, one)));
    return new Result(next.get(), steps.get(), deliveries.get(), findings);
  }

  private static long seedOf(long seed, long number) {
    return new SplittableRandom(seed + number).nextLong() >>> 1;
  }

  static Finding finding(Invariant invariant, long seed) {
    List<Step> shortest = Shrinker.shrink(Generator.history(seed), invariant);
    History.Outcome outcome = History.play(shortest);
    String detail =
        outcome.violations().stream()
            .filter(v -> v.invariant() == invariant)
            .map(Violation::detail)
            .findFirst()
            .orElse("?");
    return new Finding(
        invariant, seed, detail + "\n      " + String.join("\n      ", outcome.log()), shortest);
  }

  static String words(Finding finding) {
    StringBuilder words =
        new StringBuilder(finding.invariant() + ": " + finding.invariant().sentence());
    words.append("\n  seed ").append(finding.seed()).append("\n  ").append(finding.detail());
    finding.history().forEach(step -> words.append("\n    ").append(step));
    return words.toString();
  }

  /// `java … Simulation <seed> <histories>`
  public static void main(String[] arguments) {
    long seed = Long.parseLong(arguments[0]);
    long start = System.nanoTime();
    Result result = random(seed, Long.parseLong(arguments[1]), () -> true);
    double seconds = (System.nanoTime() - start) / 1e9;
    result.findings().forEach(finding -> System.out.println(words(finding)));
    System.out.printf(
        "%d histories, %d steps, %d deliveries, %.1f s%n",
        result.histories(), result.steps(), result.deliveries(), seconds);
  }
}
