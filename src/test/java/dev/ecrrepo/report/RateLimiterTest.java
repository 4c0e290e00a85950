package dev.ecrrepo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.time.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// At most so many a second, whatever each takes.
class RateLimiterTest {

  private long now;
  private final List<Duration> waits = new ArrayList<>();

  @Test
  void whatIsQuickWaitsAndWhatIsSlowDoesNot() {
    RateLimiter pace =
        new RateLimiter(
            5,
            () -> now,
            Times.sleeping(time -> {
              waits.add(time);
              now += time.toNanos();
            }));
    assertTrue(pace.next());
    now += Duration.ofMillis(50).toNanos();
    assertTrue(pace.next());
    now += Duration.ofMillis(300).toNanos();
    assertTrue(pace.next());
    assertTrue(pace.next());
    assertEquals(List.of(Duration.ofMillis(150), Duration.ofMillis(200)), waits);
  }

  @Test
  void anInterruptionEndsIt() {
    RateLimiter pace =
        new RateLimiter(
            5,
            () -> now,
            Times.sleeping(_ -> {
              throw new InterruptedException();
            }));
    assertTrue(pace.next());
    assertFalse(pace.next());
    assertTrue(Thread.interrupted());
  }
}
