package dev.ecrrepo.document;

import java.util.List;
import java.util.stream.Collectors;

/// Faults as a test compares them.
public final class FaultLines {

  private FaultLines() {}

  /// One sentence a line.
  public static String of(List<Fault> faults) {
    return faults.stream().map(Fault::toString).collect(Collectors.joining("\n"));
  }
}
