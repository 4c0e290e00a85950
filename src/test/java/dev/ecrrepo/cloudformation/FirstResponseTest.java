package dev.ecrrepo.cloudformation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FirstResponseTest {

  private static final Event EVENT = Events.create().read();
  private static final ResponseBody SUCCESS =
      ResponseBody.of(EVENT, new Response.Success("app/web", Map.of()), "the log");
  private static final ResponseBody FAILURE = ResponseBody.lastResort(EVENT);

  @Test
  void theFirstOneCounts() {
    FirstResponse answer = new FirstResponse();
    assertFalse(answer.isGiven());
    assertTrue(answer.give(FAILURE));
    assertFalse(answer.give(SUCCESS));
    assertTrue(answer.isGiven());
    assertSame(FAILURE, answer.get());
  }

  @Test
  @DisplayName("M17: in 1,000 races of watchdog and provider exactly one decides")
  void exactlyOneOfTwoThreadsDecides() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int race = 0; race < 1_000; race++) {
        FirstResponse answer = new FirstResponse();
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Boolean> provider = threads.submit(() -> give(answer, SUCCESS, start));
        Future<Boolean> watchdog = threads.submit(() -> give(answer, FAILURE, start));
        assertTrue(provider.get() ^ watchdog.get(), "race " + race);
        assertSame(provider.get() ? SUCCESS : FAILURE, answer.get());
      }
    }
  }

  private static boolean give(FirstResponse answer, ResponseBody body, CyclicBarrier start)
      throws Exception {
    start.await();
    return answer.give(body);
  }
}
