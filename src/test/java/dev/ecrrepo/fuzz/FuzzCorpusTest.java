package dev.ecrrepo.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Everything that fuzzing has found worth keeping, under `src/test/resources/fuzz`: inputs that
/// reach different code, and those that once were findings. `make fuzz` searches on from them.
class FuzzCorpusTest {

  private static final Path CORPUS = Path.of("src/test/resources/fuzz");
  private static final Logger OURS = Logger.getLogger("dev.ecrrepo");

  @TestFactory
  Stream<DynamicTest> noKeptInputIsAFinding() {
    return Stream.of(Input.values())
        .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> nothingFound(kind)));
  }

  private static void nothingFound(Input kind) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(CORPUS.resolve(kind.name().toLowerCase(Locale.ROOT)))) {
      files = all.sorted().toList();
    }
    assertFalse(files.isEmpty());
    Level level = OURS.getLevel();
    OURS.setLevel(Level.OFF);
    try {
      for (Path file : files) {
        try {
          FuzzTarget.check(kind, Files.readAllBytes(file));
        } catch (Throwable e) {
          throw new AssertionError(file.toString(), e);
        }
      }
    } finally {
      OURS.setLevel(level);
    }
  }
}
