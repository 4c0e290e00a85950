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

  /// @param points that were tried
  record Exhaustive(long points, List<Finding> findings) {}

  /// Every fault at every call of every flow.
  static Exhaustive exhaustive() {
    List<List<Step>> points =
        Flows.all().stream().flatMap(flow -> Flows.points(flow).stream()).toList();
    Map<Invariant, List<Step>> found = new EnumMap<>(Invariant.class);
    points.parallelStream()
        .forEach(steps -> {
          History.Outcome outcome = History.play(steps);
          synchronized (found) {
            outcome.violations().forEach(v -> found.putIfAbsent(v.invariant(), steps));
          }
        });
    List<Finding> findings = new ArrayList<>();
    found.forEach((invariant, steps) -> findings.add(finding(invariant, 0, steps)));
    return new Exhaustive(points.size(), findings);
  }

  private static long seedOf(long seed, long number) {
    return new SplittableRandom(seed + number).nextLong() >>> 1;
  }

  static Finding finding(Invariant invariant, long seed) {
    return finding(invariant, seed, Generator.history(seed));
  }

  private static Finding finding(Invariant invariant, long seed, List<Step> steps) {
    List<Step> shortest = Shrinker.shrink(steps, invariant);
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

  /// A summary of one history, found again by its seed.
  static void show(long seed, Invariant invariant) {
    System.out.println(words(finding(invariant, seed)));
  }

  /// `java … Simulation <seed> <histories>`
  public static void main(String[] arguments) {
    long seed = Long.parseLong(arguments[0]);
    if (arguments.length > 2) {
      show(seed, Invariant.valueOf(arguments[2]));
      return;
    }
    long start = System.nanoTime();
    Exhaustive all = exhaustive();
    all.findings().forEach(finding -> System.out.println(words(finding)));
    System.out.printf("%d points, %.1f s%n", all.points(), (System.nanoTime() - start) / 1e9);
    start = System.nanoTime();
    Result result = random(seed, Long.parseLong(arguments[1]), () -> true);
    double seconds = (System.nanoTime() - start) / 1e9;
    result.findings().forEach(finding -> System.out.println(words(finding)));
    System.out.printf(
        "%d histories, %d steps, %d deliveries, %.1f s%n",
        result.histories(), result.steps(), result.deliveries(), seconds);
  }
}
