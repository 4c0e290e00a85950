package dev.ecrrepo.cloudformation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.TimeLeft;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CustomResourceHandlerTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(15);
  private static final String LOG = "log stream abc of /aws/lambda/ecrrepo";
  private static final Response.Success DONE =
      new Response.Success("app/web", Map.of("Arn", "arn"));

  private final FakeTime time = new FakeTime();
  private final List<byte[]> sent = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private int status = 200;

  private int put(ResponseUrl url, byte[] body, HttpPut.ContentType contentType) {
    sent.add(body);
    return status;
  }

  private CustomResourceHandler handler() {
    return new CustomResourceHandler(
        ResponseHosts.of(""), name -> name.startsWith("app/"), time, this::put, new Random(1));
  }

  private JsonObject run(Events event, Provider provider) {
    handler()
        .handle(
            event.bytes(),
            (request, deadline) -> {
              asked.incrementAndGet();
              return provider.handle(request, deadline);
            },
            TIMEOUT,
            LOG);
    return Events.parsed(sent.getLast());
  }

  private static void is(JsonObject response, String status, String physicalId) {
    assertEquals(status, response.string("Status").orElseThrow());
    assertEquals(physicalId, response.string("PhysicalResourceId").orElseThrow());
    assertEquals(Events.STACK, response.string("StackId").orElseThrow());
    assertEquals(Events.REQUEST, response.string("RequestId").orElseThrow());
    assertEquals("Repo", response.string("LogicalResourceId").orElseThrow());
  }

  private static String reason(JsonObject response) {
    return response.string("Reason").orElseThrow();
  }

  private void unanswered(Events event, Provider provider) {
    UnansweredException e = assertThrows(UnansweredException.class, () -> run(event, provider));
    assertFalse(e.toString().contains(Events.SIGNATURE));
    assertEquals(null, e.getCause());
  }

  private static Provider throwing(Throwable thrown) {
    return (_, _) -> CustomResourceHandlerTest.<RuntimeException, Response>sneak(thrown);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable, T> T sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void aSuccessIsSentOnce() {
    JsonObject response = run(Events.create(), (_, _) -> DONE);
    is(response, "SUCCESS", "app/web");
    assertEquals(1, sent.size());
    assertEquals(
        Json.of("arn"), ((JsonObject) response.get("Data").orElseThrow()).get("Arn").orElseThrow());
  }

  @Test
  @DisplayName("M2: what cannot be delivered throws, after six PUTs of the same bytes")
  void whatCannotBeDeliveredThrows() {
    status = 500;
    unanswered(Events.create(), (_, _) -> DONE);
    assertEquals(6, sent.size());
    sent.forEach(body -> assertArrayEquals(sent.getFirst(), body));
  }

  @Test
  @DisplayName("M9: the same event a minute later does its work again and has the same ID")
  void theRetryOfAnUndeliveredEventIsWorkedAgain() {
    status = 500;
    unanswered(Events.create(), (_, _) -> DONE);
    byte[] first = sent.getLast();
    time.pass(Duration.ofMinutes(1));
    status = 200;
    is(run(Events.create(), (_, _) -> DONE), "SUCCESS", "app/web");
    assertArrayEquals(first, sent.getLast());
    assertEquals(2, asked.get());
  }

  @Test
  @DisplayName("M10: a failure that is delivered returns normally")
  void aDeliveredFailureReturns() {
    JsonObject response = run(Events.create(), (_, _) -> new Response.Failure("", "No such name."));
    is(response, "FAILED", Events.MARKER);
    assertEquals("No such name.", reason(response));
    assertEquals(1, sent.size());
  }

  @Test
  @DisplayName("M52: a RequestId seen before is no reason to repeat the old answer")
  void aRepeatedRequestIdIsWorkedAgain() {
    is(run(Events.create(), (_, _) -> new Response.Failure("", "No.")), "FAILED", Events.MARKER);
    is(run(Events.create(), (_, _) -> DONE), "SUCCESS", "app/web");
  }

  @Test
  @DisplayName("M11: running out of memory is answered FAILED")
  void runningOutOfMemoryIsAnswered() {
    JsonObject response = run(Events.create(), throwing(new OutOfMemoryError()));
    is(response, "FAILED", Events.MARKER);
    assertTrue(reason(response).contains("MemorySize"), reason(response));
  }

  @Test
  @DisplayName("M12: a stack overflow is answered FAILED")
  void aStackOverflowIsAnswered() {
    is(run(Events.update(), (_, _) -> overflow(DONE)), "FAILED", "app/web");
  }

  @SuppressWarnings("InfiniteRecursion")
  private static Response overflow(Response response) {
    return overflow(new Response.Failure("", overflow(response).toString()));
  }

  @Test
  @DisplayName("M13: a class that is missing is answered FAILED, by a sentence without class names")
  void aMissingClassIsAnswered() {
    JsonObject response =
        run(Events.create(), throwing(new NoClassDefFoundError("software/amazon/X")));
    is(response, "FAILED", Events.MARKER);
    assertFalse(reason(response).contains("amazon/X"), reason(response));
    assertFalse(reason(response).contains("Error"), reason(response));
    assertTrue(reason(response).contains(LOG), reason(response));
  }

  @Test
  void noThrowableEscapes() {
    for (Throwable thrown :
        List.of(
            new IllegalStateException("x"),
            new IOException("x"),
            new InterruptedException(),
            new AssertionError())) {
      is(run(Events.delete(), throwing(thrown)), "FAILED", "app/web");
    }
    is(run(Events.delete(), (_, _) -> null), "FAILED", "app/web");
    JsonObject mute = run(Events.delete(), (_, _) -> new Response.Failure("", " "));
    assertTrue(reason(mute).contains("unexpected fault"), reason(mute));
  }

  @Test
  @DisplayName(
      "M15: a call that hangs for 20 minutes is answered FAILED ten seconds before the kill, and"
          + " nothing is changed afterwards")
  void aHangingCallIsAnsweredInTime() throws InterruptedException {
    AtomicReference<TimeLeft> seen = new AtomicReference<>();
    CountDownLatch interrupted = new CountDownLatch(1);
    JsonObject response =
        run(
            Events.create(),
            (_, deadline) -> {
              seen.set(deadline);
              try {
                time.hang();
              } catch (InterruptedException _) {
                interrupted.countDown();
              }
              return DONE;
            });
    is(response, "FAILED", Events.MARKER);
    assertTrue(reason(response).contains("The time ran out"), reason(response));
    assertFalse(time.now().isAfter(FakeTime.START.plus(TIMEOUT).minusSeconds(10)));
    interrupted.await();
    assertFalse(seen.get().mayStillChange());
    assertEquals(1, sent.size());
  }

  @Test
  void workThatDoesNotStopIsTold() {
    CustomResourceHandler handler = handler();
    CountDownLatch end = new CountDownLatch(1);
    handler.handle(
        Events.create().bytes(),
        (_, _) -> {
          while (true) {
            try {
              time.hang();
            } catch (InterruptedException _) {
              try {
                end.await();
              } catch (InterruptedException _) {
                return DONE;
              }
              return DONE;
            }
          }
        },
        TIMEOUT,
        LOG);
    assertTrue(handler.isStuck());
    end.countDown();
  }

  @Test
  void workThatStopsIsNotStuck() {
    CustomResourceHandler handler = handler();
    handler.handle(Events.create().bytes(), (_, _) -> DONE, TIMEOUT, LOG);
    assertFalse(handler.isStuck());
  }

  @Test
  @DisplayName(
      "M17: in 1,000 races of watchdog and provider all PUTs have the bytes of one decision")
  void racesAreDecidedOnce() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int race = 0; race < 1_000; race++) {
      int spins = random.nextInt(2_000);
      List<byte[]> bodies = new ArrayList<>();
      AtomicReference<TimeLeft> deadline = new AtomicReference<>();
      Time racing = new Racing(spins);
      HttpPut put =
          (_, body, _) -> {
            bodies.add(body);
            return bodies.size() < 3 ? 503 : 200;
          };
      new CustomResourceHandler(ResponseHosts.of(""), _ -> true, racing, put, new Random(race))
          .handle(
              Events.create().bytes(),
              (_, left) -> {
                deadline.set(left);
                return DONE;
              },
              TIMEOUT,
              LOG);
      assertEquals(3, bodies.size());
      for (byte[] body : bodies) {
        assertArrayEquals(bodies.getFirst(), body, "seed " + seed + ", race " + race);
      }
      assertTrue(deadline.get() == null || !deadline.get().mayStillChange());
    }
  }

  /// A clock whose waits are over after some spins, whether the provider is done or not.
  private record Racing(int spins) implements Time {
    @Override
    public Instant now() {
      return FakeTime.START;
    }

    @Override
    public void sleep(Duration duration) {}

    @Override
    public boolean await(CompletableFuture<?> future, Duration atMost) {
      for (int i = 0; i < spins && !future.isDone(); i++) {
        Thread.onSpinWait();
      }
      return false;
    }
  }

  @Test
  @DisplayName("M21: an unknown RequestType is answered FAILED without asking the provider")
  void anUnknownRequestTypeIsAnswered() {
    is(run(Events.create().with("RequestType", "Import"), (_, _) -> DONE), "FAILED", Events.MARKER);
    is(run(Events.create().without("RequestType"), (_, _) -> DONE), "FAILED", Events.MARKER);
    assertEquals(0, asked.get());
  }

  @Test
  @DisplayName("M22, M24, M25: without a URL to answer to, nothing is done")
  void withoutAUrlNothingIsDone() {
    unanswered(Events.create().without("ResponseURL"), (_, _) -> DONE);
    unanswered(
        Events.create().with("ResponseURL", "http://127.0.0.1:9001/2018-06-01/runtime/"),
        (_, _) -> DONE);
    unanswered(
        Events.create()
            .with("ResponseURL", Events.URL.replace("https://", "https://evil.example/")),
        (_, _) -> DONE);
    assertEquals(0, asked.get());
    assertEquals(0, sent.size());
  }

  @Test
  @DisplayName("M55: an event two hours old throws and changes nothing")
  void anEventThatNobodyWaitsForIsNotWorked() {
    time.pass(Duration.ofHours(2));
    unanswered(Events.create(), (_, _) -> DONE);
    assertEquals(0, asked.get());
    assertEquals(0, sent.size());
  }

  @Test
  void withoutASigningTimeThereIsNoGuard() {
    time.pass(Duration.ofDays(365));
    Events event = Events.create().with("ResponseURL", "https://x.s3.amazonaws.com/y");
    is(run(event, (_, _) -> DONE), "SUCCESS", "app/web");
  }

  @Test
  void aServiceTimeoutTooShortToWorkInIsAnsweredAtOnceWithTheWayOut() {
    JsonObject properties = Json.object(Map.of("ServiceTimeout", Json.of("100")));
    JsonObject response =
        run(Events.create().with("ResourceProperties", properties), (_, _) -> DONE);
    is(response, "FAILED", Events.MARKER);
    assertTrue(reason(response).contains("nothing was changed"), reason(response));
    assertTrue(reason(response).contains("ServiceTimeout; raise it"), reason(response));
    assertEquals(0, asked.get());
  }

  @Test
  void aFunctionTimeoutTooShortToWorkInIsAnsweredWithTheWayOut() {
    handler().handle(Events.create().bytes(), (_, _) -> DONE, Duration.ofSeconds(15), "the log");
    JsonObject response = Events.parsed(sent.getLast());
    is(response, "FAILED", Events.MARKER);
    assertTrue(reason(response).contains("Timeout of the provider's function"), reason(response));
  }

  @Test
  @DisplayName("R11: whatever goes wrong in an Update or Delete, its physical ID comes back")
  void aFailedUpdateOrDeleteKeepsItsId() {
    List<Provider> faults =
        List.of(
            (_, _) -> new Response.Failure("app/new", "No."),
            (_, _) -> new Response.Failure("", "No."),
            (_, _) -> null,
            (_, _) -> new Response.Success("app/new", Map.of("Arn", "a".repeat(5_000))),
            throwing(new IllegalStateException()),
            throwing(new OutOfMemoryError()),
            (_, _) -> overflow(DONE));
    for (Provider fault : faults) {
      is(run(Events.update(), fault), "FAILED", "app/web");
    }
    for (String id : List.of("app/web", Events.MARKER, "app-Repo-1ABC2DEF")) {
      Events delete = Events.delete().with("PhysicalResourceId", id);
      is(run(delete, (_, _) -> new Response.Failure("app/new", "No.")), "FAILED", id);
      is(run(delete, (_, _) -> new Response.Success("app/new", Map.of())), "SUCCESS", id);
    }
  }

  @Test
  void anUpdateThatSucceedsMayChangeItsId() {
    is(
        run(Events.update(), (_, _) -> new Response.Success("app/new", Map.of())),
        "SUCCESS",
        "app/new");
  }

  @Test
  @DisplayName("R12: a failed Create has the marker, unless the provider names what is left")
  void aFailedCreateHasTheMarkerOrNamesWhatIsLeft() {
    is(run(Events.create(), (_, _) -> new Response.Failure("", "No.")), "FAILED", Events.MARKER);
    is(
        run(Events.create(), (_, _) -> new Response.Failure("app/web", "Half.")),
        "FAILED",
        "app/web");
  }

  @Test
  void theProviderWorksInAThreadOfItsOwn() {
    AtomicReference<Thread> worker = new AtomicReference<>();
    run(
        Events.create(),
        (_, _) -> {
          worker.set(Thread.currentThread());
          return DONE;
        });
    assertTrue(worker.get().isDaemon());
    assertNotSame(Thread.currentThread(), worker.get());
    assertEquals(1, asked.get());
  }
}
