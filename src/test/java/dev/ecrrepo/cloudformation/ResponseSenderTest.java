package dev.ecrrepo.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.cloudformation.HostileServer.Act;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ResponseSenderTest {

  private static final byte[] BODY =
      "{\"Status\":\"SUCCESS\",\"é\":1}".getBytes(StandardCharsets.UTF_8);

  /// As in life, only quicker to lose patience.
  private static final HttpPut.UrlConnectionPut IMPATIENT =
      new HttpPut.UrlConnectionPut(
          Duration.ofSeconds(2), Duration.ofMillis(150), Duration.ofMillis(400));

  private final FakeTime time = new FakeTime();

  private ResponseSender.Delivery send(HostileServer server, HttpPut put) {
    return send(ResponseUrl.parse(server.url(), ResponseHosts.of(server.host())), put);
  }

  private ResponseSender.Delivery send(ResponseUrl url, HttpPut put) {
    return new ResponseSender(put, time, new Random(1))
        .send(url, BODY, time.now().plus(Duration.ofMinutes(10)));
  }

  /// Plays the acts and checks what holds for all of them: every attempt is the same request.
  private ResponseSender.Delivery send(int attempts, HttpPut put, Act... acts) throws IOException {
    try (HostileServer server = new HostileServer(acts)) {
      ResponseSender.Delivery delivery = send(server, put);
      assertEquals(attempts, delivery.attempts());
      assertEquals(attempts, server.received(attempts).size());
      for (HostileServer.Received received : server.received()) {
        assertEquals(new String(BODY, StandardCharsets.UTF_8), received.body());
        assertTrue(
            received.head().startsWith("PUT /stack%7CRepo?b=2&a=1&X-Amz-Signature="),
            received.head());
      }
      assertFalse(delivery.last().contains(Events.SIGNATURE));
      return delivery;
    }
  }

  @Test
  void theRequestHasALengthAndNoContentType() throws IOException {
    try (HostileServer server = new HostileServer(new Act.Status(200))) {
      assertTrue(send(server, HttpPut.UrlConnectionPut.STANDARD).delivered());
      String head = server.received().getFirst().head().toLowerCase(Locale.ROOT);
      assertTrue(head.contains("content-length: " + BODY.length), head);
      assertFalse(head.contains("content-type"), head);
      assertFalse(head.contains("transfer-encoding"), head);
    }
  }

  @Test
  @DisplayName("M1: 503, 503, 200 is delivered by three identical PUTs")
  void aPassingFaultIsRetried() throws IOException {
    assertTrue(
        send(
                3,
                HttpPut.UrlConnectionPut.STANDARD,
                new Act.Status(503),
                new Act.Status(503),
                new Act.Status(200))
            .delivered());
  }

  @Test
  @DisplayName("M2: always 500 ends after six attempts")
  void aLastingFaultEndsAfterSixAttempts() throws IOException {
    ResponseSender.Delivery delivery =
        send(6, HttpPut.UrlConnectionPut.STANDARD, new Act.Status(500));
    assertFalse(delivery.delivered());
    assertEquals("HTTP 500", delivery.last());
  }

  @Test
  void theAttemptAfterA403SendsAnEmptyContentType() throws IOException {
    try (HostileServer server =
        new HostileServer(new Act.Status(500), new Act.Status(403), new Act.Status(200))) {
      assertTrue(send(server, HttpPut.UrlConnectionPut.STANDARD).delivered());
      List<Boolean> sent =
          server.received().stream()
              .map(received -> received.head().toLowerCase(Locale.ROOT))
              .map(head -> head.contains("content-type:"))
              .toList();
      assertEquals(List.of(false, false, true), sent);
      assertTrue(
          server
              .received()
              .getLast()
              .head()
              .lines()
              .anyMatch(line -> line.strip().equalsIgnoreCase("content-type:")));
    }
  }

  @Test
  @DisplayName("M3: 403 is tried twice")
  void forbiddenIsTriedTwice() throws IOException {
    assertEquals(
        "HTTP 403", send(2, HttpPut.UrlConnectionPut.STANDARD, new Act.Status(403)).last());
    assertTrue(
        send(2, HttpPut.UrlConnectionPut.STANDARD, new Act.Status(403), new Act.Status(200))
            .delivered());
    // not twice in a row, but twice
    assertFalse(
        send(
                3,
                HttpPut.UrlConnectionPut.STANDARD,
                new Act.Status(403),
                new Act.Status(500),
                new Act.Status(403))
            .delivered());
  }

  @Test
  void otherRefusalsAreFinal() throws IOException {
    for (int status : new int[] {400, 401, 404, 411}) {
      assertEquals(
          "HTTP " + status,
          send(1, HttpPut.UrlConnectionPut.STANDARD, new Act.Status(status)).last());
    }
    for (int status : new int[] {408, 429}) {
      assertTrue(
          send(2, HttpPut.UrlConnectionPut.STANDARD, new Act.Status(status), new Act.Status(204))
              .delivered());
    }
  }

  @Test
  @DisplayName("M4: a PUT that is never answered is tried again")
  void silenceIsRetried() throws IOException {
    assertTrue(send(2, IMPATIENT, new Act.Stall(), new Act.Status(200)).delivered());
  }

  @Test
  @DisplayName("M5: stored, then the connection is reset: the same bytes are PUT again, by us only")
  void aResetIsRetriedWithTheSameBytes() throws IOException {
    assertTrue(
        send(2, HttpPut.UrlConnectionPut.STANDARD, new Act.Reset(), new Act.Status(200))
            .delivered());
  }

  @Test
  @DisplayName("M6: a name that does not resolve twice is asked for again")
  void anUnresolvedNameIsRetried() {
    List<byte[]> sent = new ArrayList<>();
    HttpPut put =
        (url, body, _) -> {
          sent.add(body);
          if (sent.size() <= 2) {
            throw new UnknownHostException(url.url().toString());
          }
          return 200;
        };
    ResponseUrl url = ResponseUrl.parse(Events.URL, ResponseHosts.of(""));
    assertEquals(
        new ResponseSender.Delivery(true, 3, "HTTP 200"),
        new ResponseSender(put, time, new Random(1)).send(url, BODY, time.now().plusSeconds(60)));
  }

  @Test
  @DisplayName("M7: a redirect is not followed")
  void aRedirectIsNotFollowed() throws IOException {
    assertEquals(
        "HTTP 307", send(6, HttpPut.UrlConnectionPut.STANDARD, new Act.Redirect(307)).last());
    assertEquals(
        "HTTP 302", send(6, HttpPut.UrlConnectionPut.STANDARD, new Act.Redirect(302)).last());
  }

  @Test
  @DisplayName("M8: a server that drips a byte at a time hits the wall")
  void drippingHitsTheWall() throws IOException {
    assertTrue(send(2, IMPATIENT, new Act.Drip(), new Act.Status(200)).delivered());
    assertEquals("no answer in time", send(6, IMPATIENT, new Act.Drip()).last());
  }

  @Test
  void whatIsNotHttpIsNotDelivered() throws IOException {
    assertFalse(send(6, HttpPut.UrlConnectionPut.STANDARD, new Act.Garbage()).delivered());
  }

  @Test
  void nobodyListeningIsRetriedAndNamed() throws IOException {
    try (Socket bound = new Socket()) { // nobody else can listen on its port
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String host = "127.0.0.1:" + bound.getLocalPort();
      ResponseUrl url = ResponseUrl.parse("http://" + host + "/stack", ResponseHosts.of(host));
      assertEquals(
          new ResponseSender.Delivery(false, 6, "the connection was refused"),
          send(url, HttpPut.UrlConnectionPut.STANDARD));
    }
  }

  @Test
  void noAttemptStartsAndNoPauseEndsAfterTheEnd() {
    for (int seconds = 0; seconds < 20; seconds++) {
      FakeTime clock = new FakeTime();
      Instant end = clock.now().plusSeconds(seconds);
      List<Instant> attempts = new ArrayList<>();
      HttpPut put =
          (_, _, _) -> {
            attempts.add(clock.now());
            clock.pass(Duration.ofSeconds(3));
            return 500;
          };
      ResponseUrl url = ResponseUrl.parse(Events.URL, ResponseHosts.of(""));
      ResponseSender.Delivery delivery =
          new ResponseSender(put, clock, new Random(seconds)).send(url, BODY, end);
      assertEquals(attempts.size(), delivery.attempts());
      assertTrue(attempts.stream().allMatch(at -> at.isBefore(end)), attempts::toString);
      assertEquals(seconds > 0, !attempts.isEmpty());
    }
  }

  @Test
  void pausesGrowAndVary() {
    List<Duration> longest = new ArrayList<>();
    for (int attempt = 0; attempt < 5; attempt++) {
      longest.add(Duration.ZERO);
    }
    for (int seed = 0; seed < 500; seed++) {
      FakeTime clock = new FakeTime();
      List<Instant> attempts = new ArrayList<>();
      HttpPut put =
          (_, _, _) -> {
            attempts.add(clock.now());
            return 500;
          };
      new ResponseSender(put, clock, new Random(seed))
          .send(
              ResponseUrl.parse(Events.URL, ResponseHosts.of("")),
              BODY,
              clock.now().plusSeconds(600));
      for (int i = 0; i < 5; i++) {
        Duration pause = Duration.between(attempts.get(i), attempts.get(i + 1));
        if (pause.compareTo(longest.get(i)) > 0) {
          longest.set(i, pause);
        }
      }
    }
    long[] ceilings = {200, 400, 800, 1600, 3200};
    for (int i = 0; i < 5; i++) {
      long millis = longest.get(i).toMillis();
      assertTrue(millis <= ceilings[i] && millis > ceilings[i] * 9 / 10, longest::toString);
    }
  }

  @Test
  @DisplayName("M72: what the JDK says of a failed connection does not come through")
  void theJdksMessagesStayBehind() {
    ResponseUrl url = ResponseUrl.parse(Events.URL, ResponseHosts.of(""));
    HttpPut put =
        (to, _, _) -> {
          throw new IOException("Server returned HTTP response code: 500 for URL: " + to.url());
        };
    assertEquals(
        "the connection broke",
        new ResponseSender(put, time, new Random(1))
            .send(url, BODY, time.now().plusSeconds(60))
            .last());
  }
}
