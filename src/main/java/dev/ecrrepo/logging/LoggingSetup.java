package dev.ecrrepo.logging;

import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.lambda.powertools.logging.internal.LoggingManager;

/// Sets up the JDK's logging, and sets its levels for Powertools, which finds this class through
/// [java.util.ServiceLoader]. Powertools takes the level from `POWERTOOLS_LOG_LEVEL` or
/// `AWS_LAMBDA_LOG_LEVEL`.
///
/// The level applies to this project's and Powertools' loggers. All others, such as the JDK's and
/// the SDK's, always log warnings and errors only: at its finest level the JDK's HTTP client prints
/// whole request lines, and the response URL is a credential.
public final class LoggingSetup implements LoggingManager {

  private static final Logger ROOT = Logger.getLogger("");

  /// The loggers that the level applies to. They are kept here, because the JDK discards a logger,
  /// and its level, that nothing refers to.
  private static final List<Logger> ADJUSTABLE =
      List.of(Logger.getLogger("dev.ecrrepo"), Logger.getLogger("software.amazon.lambda"));

  private static final Map<org.slf4j.event.Level, Level> LEVELS =
      Map.of(
          org.slf4j.event.Level.ERROR, Level.SEVERE,
          org.slf4j.event.Level.WARN, Level.WARNING,
          org.slf4j.event.Level.INFO, Level.INFO,
          org.slf4j.event.Level.DEBUG, Level.FINE,
          org.slf4j.event.Level.TRACE, Level.FINEST);

  /// Replaces the JDK's own handlers by one that prints JSON lines. Can be called again; it resets
  /// the level to INFO.
  public static void install() {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    ROOT.addHandler(new StandardOutput());
    ROOT.setLevel(Level.WARNING);
    ADJUSTABLE.forEach(logger -> logger.setLevel(Level.INFO));
  }

  @Override
  public void setLogLevel(org.slf4j.event.Level level) {
    ADJUSTABLE.forEach(logger -> logger.setLevel(LEVELS.get(level)));
  }

  @Override
  public org.slf4j.event.Level getLogLevel(org.slf4j.Logger logger) {
    return List.of(org.slf4j.event.Level.values()).reversed().stream()
        .filter(logger::isEnabledForLevel)
        .findFirst()
        .orElse(org.slf4j.event.Level.ERROR);
  }
}
