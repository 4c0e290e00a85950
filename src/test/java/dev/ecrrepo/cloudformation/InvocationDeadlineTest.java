package dev.ecrrepo.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvocationDeadlineTest {

  private final FakeTime time = new FakeTime();
  private final FirstResponse answer = new FirstResponse();

  private InvocationDeadline deadline(int remaining, Optional<Instant> goodUntil) {
    return InvocationDeadline.of(
        Duration.ofSeconds(remaining), goodUntil, Duration.ofHours(1), time);
  }

  @Test
  void callsEndTwentySecondsBeforeTheKillAndTheWatchdogAnswersFiveLater() {
    InvocationDeadline deadline = deadline(900, Optional.empty());
    assertEquals(Duration.ofSeconds(880), deadline.left());
    assertEquals(Duration.ofSeconds(885), deadline.untilWatchdog());
    assertTrue(deadline.limitAdvice().contains("Timeout of the provider's function"));
  }

  @Test
  void callsEndAMinuteBeforeCloudFormationStopsWaiting() {
    InvocationDeadline deadline = deadline(900, Optional.of(FakeTime.START.plusSeconds(300)));
    assertEquals(Duration.ofMinutes(4), deadline.left());
    assertTrue(deadline.limitAdvice().contains("ServiceTimeout"));
  }

  @Test
  void aShortServiceTimeoutLeavesHalfOfItForTheWork() {
    InvocationDeadline deadline =
        InvocationDeadline.of(
            Duration.ofSeconds(900),
            Optional.of(FakeTime.START.plusSeconds(30)),
            Duration.ofSeconds(30),
            time);
    assertEquals(Duration.ofSeconds(15), deadline.left());
  }

  @Test
  void theEarlierOfBothCounts() {
    assertEquals(
        Duration.ofSeconds(880),
        deadline(900, Optional.of(FakeTime.START.plusSeconds(3600))).left());
  }

  @Test
  void nothingIsChangedAfterTheTimeOrTheAnswer() {
    InvocationDeadline deadline = deadline(30, Optional.empty());
    assertTrue(deadline.timeLeft(answer::isGiven).mayStillChange());
    time.pass(Duration.ofSeconds(9));
    assertTrue(deadline.timeLeft(answer::isGiven).mayStillChange());
    time.pass(Duration.ofSeconds(1));
    assertFalse(deadline.timeLeft(answer::isGiven).mayStillChange());

    InvocationDeadline answered = deadline(900, Optional.empty());
    assertTrue(answered.timeLeft(answer::isGiven).mayStillChange());
    answer.give(ResponseBody.lastResort(Events.create().read()));
    assertFalse(answered.timeLeft(answer::isGiven).mayStillChange());
  }
}
