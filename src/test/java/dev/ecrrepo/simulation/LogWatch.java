package dev.ecrrepo.simulation;

import dev.ecrrepo.logging.LoggedEntry;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Reads every line that the provider logs, for the world whose it is; nothing is printed.
final class LogWatch extends Handler {

  private static final InheritableThreadLocal<World> WORLD = new InheritableThreadLocal<>();
  private static final Logger OURS = Logger.getLogger("dev.ecrrepo");

  static {
    OURS.setUseParentHandlers(false);
    OURS.setLevel(Level.INFO);
    OURS.addHandler(new LogWatch());
  }

  static void watch(World world) {
    WORLD.set(world);
  }

  @Override
  public void publish(LogRecord entry) {
    World world = WORLD.get();
    if (world == null) {
      return;
    }
    String line = LoggedEntry.of(entry);
    if (line.contains(Event.SECRET)) {
      world.violation(Invariant.NO_SECRET, line);
    }
    if (entry.getThrown() != null) {
      world.rules.thrown = line;
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
