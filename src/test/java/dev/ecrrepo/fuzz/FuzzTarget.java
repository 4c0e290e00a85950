package dev.ecrrepo.fuzz;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/// What Jazzer calls with each input, by the convention of its name. Which kind of input it is, the
/// system property `fuzz` says.
///
/// Time counts as well: an input that costs more than a second of the processor is a finding.
public final class FuzzTarget {

  private static final long MOST_NANOS = 1_000_000_000L;

  private FuzzTarget() {}

  /// @throws AssertionError for a finding
  public static void fuzzerTestOneInput(byte[] input) {
    check(Input.valueOf(System.getProperty("fuzz").toUpperCase(Locale.ROOT)), input);
  }

  static void check(Input kind, byte[] input) {
    long nanos = nanos(kind, input);
    // Twice: the first input also pays for every class that it needs.
    if (nanos > MOST_NANOS && nanos(kind, input) > MOST_NANOS) {
      throw new AssertionError(
          "%d ms of the processor for %d bytes".formatted(nanos / 1_000_000, input.length));
    }
  }

  private static long nanos(Input kind, byte[] input) {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    kind.check(input);
    return threads.getCurrentThreadCpuTime() - before;
  }
}
