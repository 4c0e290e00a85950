package dev.ecrrepo.logging;

import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.lambda.powertools.logging.internal.LoggingManager;

/// What is logged. Powertools finds it as a service and sets the level that `POWERTOOLS_LOG_LEVEL`
/// or `AWS_LAMBDA_LOG_LEVEL` names.
///
/// The level is that of our own loggers. All others, the JDK's and the SDK's, stay at warnings
/// whatever it is: at its finest level the JDK's HTTP client prints whole request lines, and the
/// response URL is a credential.
public final class LogLevels implements LoggingManager {

  private static final Logger ROOT = Logger.getLogger("");

  /// Held, since the JDK forgets the level of a logger that nobody holds.
  private static final List<Logger> OURS =
      List.of(Logger.getLogger("dev.ecrrepo"), Logger.getLogger("software.amazon.lambda"));

  private static final Map<org.slf4j.event.Level, Level> LEVELS =
      Map.of(
          org.slf4j.event.Level.ERROR, Level.SEVERE,
          org.slf4j.event.Level.WARN, Level.WARNING,
          org.slf4j.event.Level.INFO, Level.INFO,
          org.slf4j.event.Level.DEBUG, Level.FINE,
          org.slf4j.event.Level.TRACE, Level.FINEST);

  /// Replaces the JDK's own handlers by one that prints JSON lines. Safe to call twice.
  public static void install() {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    ROOT.addHandler(new StandardOutput());
    ROOT.setLevel(Level.WARNING);
    OURS.forEach(logger -> logger.setLevel(Level.INFO));
  }

  @Override
  public void setLogLevel(org.slf4j.event.Level level) {
    OURS.forEach(logger -> logger.setLevel(LEVELS.get(level)));
  }

  @Override
  public org.slf4j.event.Level getLogLevel(org.slf4j.Logger logger) {
    return List.of(org.slf4j.event.Level.values()).reversed().stream()
        .filter(logger::isEnabledForLevel)
        .findFirst()
        .orElse(org.slf4j.event.Level.ERROR);
  }
}
