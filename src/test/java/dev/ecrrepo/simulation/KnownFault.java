package dev.ecrrepo.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A fault that the provider had once, or could have, as a small change of its sources.
///
/// @param name the first line of its file, one sentence
/// @param source the changed file, under src/main/java/dev/ecrrepo
/// @param is the lines that are there, exactly once
/// @param was what stands in their place when the fault is put back
record KnownFault(String name, String source, String is, String was) {

  static final Path FOLDER = Path.of("src/test/resources/simulation/faults");

  /// Files of this form: a sentence, the source's path, and the two texts.
  static List<KnownFault> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(KnownFault::read).toList();
    }
  }

  private static KnownFault read(Path file) {
    try {
      String[] parts = Files.readString(file).split("(?m)^(?:<<<<|====|>>>>)\\n", -1);
      String[] head = parts[0].strip().split("\\n", -1);
      return new KnownFault(head[0], head[1], parts[1], parts[2]);
    } catch (IOException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  /// The source with the fault.
  ///
  /// @throws IllegalStateException if it no longer applies
  String put(String text) {
    int at = text.indexOf(is);
    if (at < 0 || text.indexOf(is, at + 1) >= 0) {
      throw new IllegalStateException(
          "\"" + name + "\" no longer applies to " + source + ": its lines are not there once");
    }
    return text.substring(0, at) + was + text.substring(at + is.length());
  }
}
