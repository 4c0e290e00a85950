package dev.ecrrepo.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Whether the short run finds a known fault that is put back.
///
/// @param histories played until then
/// @param words how it was found, or why not
record Proof(boolean found, long histories, String words) {

  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final Path SOURCES = Path.of("src/main/java/dev/ecrrepo");

  /// Compiles the changed source into a folder of its own, which comes first on the class path of a
  /// new process.
  static Proof of(KnownFault fault) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("known-fault");
    try {
      Path classes = compile(fault, folder);
      return run(classes + java.io.File.pathSeparator + CLASS_PATH);
    } catch (IllegalStateException e) {
      return new Proof(false, 0, "NOT FOUND: " + e.getMessage());
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  /// @param folder for the changed source and its classes
  /// @return the folder of the classes
  /// @throws IllegalStateException if the fault does not apply, or its source does not compile
  static Path compile(KnownFault fault, Path folder) throws IOException {
    String text = fault.put(Files.readString(SOURCES.resolve(fault.source())));
    Path source = folder.resolve("source").resolve(Path.of(fault.source()).getFileName());
    Files.createDirectories(source.getParent());
    Files.writeString(source, text);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp", CLASS_PATH),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new IllegalStateException("it does not compile: " + said);
      }
    }
    return classes;
  }

  private static Proof run(String classPath) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                ShortRun.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String last = "";
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
    }
    process.waitFor();
    String[] parts = last.split(" ", 2);
    return parts.length == 2 && parts[0].matches("\\d+")
        ? new Proof(true, Long.parseLong(parts[0]), "found after " + last)
        : new Proof(false, 0, "NOT FOUND " + last);
  }
}
