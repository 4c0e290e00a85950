package dev.ecrrepo.ecr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.logging.LoggedEntry;
import dev.ecrrepo.time.TimeLeft;
import dev.ecrrepo.time.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the log says of a call.
class EcrCallsTest {

  private static final Logger LOG = Logger.getLogger(EcrCalls.class.getName());

  private final List<String> logged = new ArrayList<>();
  private final EcrCalls calls = new EcrCalls(new Retry(Times.sleeping(_ -> {})));
  private final TimeLeft timeLeft = new TimeLeft(() -> Duration.ofMinutes(5), () -> true);

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(LoggedEntry.of(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    LOG.removeHandler(handler);
  }

  @Test
  void aCallThatSucceedsIsLoggedAsOk() {
    assertEquals("answer", calls.make("read", "team/app", "Read", timeLeft, _ -> "answer"));
    assertTrue(logged.getLast().contains("\"outcome\":\"ok\""), logged.toString());
  }

  @Test
  void anUnexpectedExceptionIsNotLoggedAsOk() {
    assertThrows(
        IllegalStateException.class,
        () ->
            calls.make(
                "read",
                "team/app",
                "Read",
                timeLeft,
                _ -> {
                  throw new IllegalStateException("unexpected");
                }));
    assertTrue(logged.getLast().contains("\"outcome\":\"unexpected failure\""), logged.toString());
  }
}
