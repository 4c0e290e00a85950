package dev.ecrrepo.cloudformation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ResponseBodyTest {

  private static final String LOG = "log stream 2026/11/20/[$LATEST]abc of /aws/lambda/ecrrepo";
  private static final Event CREATE = Events.create().read();

  private static byte[] failure(Event event, String reason) {
    return ResponseBody.of(event, new Response.Failure(event.physicalIdToReport(), reason), LOG)
        .bytes();
  }

  private static String reason(byte[] body) {
    return Events.parsed(body).string("Reason").orElseThrow();
  }

  @Test
  void aSuccessEchoesTheRequestAndCarriesItsAttributes() {
    byte[] body =
        ResponseBody.of(
                CREATE, new Response.Success("app/web", Map.of("RepositoryName", "app/web")), LOG)
            .bytes();
    assertEquals(
        "{\"Status\":\"SUCCESS\",\"PhysicalResourceId\":\"app/web\",\"StackId\":\""
            + Events.STACK
            + "\",\"RequestId\":\""
            + Events.REQUEST
            + "\",\"LogicalResourceId\":\"Repo\",\"Data\":{\"RepositoryName\":\"app/web\"}}",
        new String(body, StandardCharsets.UTF_8));
  }

  @Test
  void aShortReasonStaysAsItIs() {
    assertEquals("It is \"so\".", reason(failure(CREATE, "It is \"so\".")));
  }

  @Test
  @DisplayName("M18: a reason of 20 KB is cut to 4,096 bytes and says where the rest is")
  void aLongReasonIsCutAndPointsToTheLog() {
    String reason = "ECR says: " + "no ".repeat(7_000);
    byte[] body = failure(CREATE, reason);
    assertEquals(ResponseBody.MAX_BYTES, body.length);
    String cut = reason(body);
    assertTrue(cut.startsWith("ECR says: no no"), cut);
    assertTrue(cut.endsWith("… (cut; the full text is in " + LOG + ")"), cut);
  }

  @Test
  @DisplayName("M19: an emoji at the cut point is kept whole or left out")
  void theCutNeverSplitsACodePoint() throws CharacterCodingException {
    for (int shift = 0; shift < 8; shift++) {
      byte[] body = failure(CREATE, "x".repeat(shift) + "🐳".repeat(3_000));
      assertTrue(body.length <= ResponseBody.MAX_BYTES && body.length > ResponseBody.MAX_BYTES - 4);
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      assertFalse(reason(body).contains("\uFFFD"));
      assertTrue(reason(body).matches("(?s)x*(🐳)+….*"));
    }
  }

  @Test
  @DisplayName("M20: the longest names fit, with every attribute")
  void theLongestNamesFit() {
    String name = "r".repeat(256);
    Event event =
        Events.create()
            .with("LogicalResourceId", "L".repeat(255))
            .with("StackId", Events.STACK.replace("/app/", "/" + "s".repeat(128) + "/"))
            .read();
    Map<String, String> data = new HashMap<>();
    String arn = "arn:aws:ecr:ap-southeast-1:123456789012:repository/" + name;
    String uri = "123456789012.dkr.ecr.ap-southeast-1.amazonaws.com/" + name;
    data.put("Arn", arn);
    data.put("RepositoryName", name);
    data.put("RepositoryUri", uri);
    data.put("RepositoryUrl", uri);
    data.put("DualStackUri", uri);
    data.put("ImageScanCompletedEventPattern", "{\"a\":\"" + "p".repeat(250) + name + "\"}");
    data.put("CriticalFindingEventPattern", "{\"a\":\"" + "p".repeat(250) + name + "\"}");
    ResponseBody body = ResponseBody.of(event, new Response.Success(name, data), LOG);
    assertInstanceOf(Response.Success.class, body.response());
    assertTrue(body.bytes().length <= ResponseBody.MAX_BYTES);
  }

  @Test
  void attributesThatDoNotFitMakeAFailureThatNamesWhatWasMade() {
    Response huge = new Response.Success("app/web", Map.of("Arn", "a".repeat(5_000)));
    JsonObject create = Events.parsed(ResponseBody.of(CREATE, huge, LOG).bytes());
    assertEquals("FAILED", create.string("Status").orElseThrow());
    assertEquals("app/web", create.string("PhysicalResourceId").orElseThrow());

    Response renamed = new Response.Success("app/new", Map.of("Arn", "a".repeat(5_000)));
    ResponseBody update = ResponseBody.of(Events.update().read(), renamed, LOG);
    assertEquals("app/web", update.response().physicalId());
    assertInstanceOf(Response.Failure.class, update.response());
  }

  @Test
  void identifiersTooLongToEchoMakeTheEventUnanswerable() {
    Event event = Events.create().with("RequestId", "r".repeat(4_000)).read();
    assertThrows(UnansweredException.class, () -> ResponseBody.lastResort(event));
    JsonObject last = Events.parsed(ResponseBody.lastResort(CREATE).bytes());
    assertEquals("FAILED", last.string("Status").orElseThrow());
    assertEquals(Events.MARKER, last.string("PhysicalResourceId").orElseThrow());
    assertTrue(last.string("Reason").orElseThrow().contains("MemorySize"));
  }

  @Test
  @DisplayName(
      "R7: 100,000 random reasons, lone surrogates among them, make valid bodies of at most 4,096"
          + " bytes")
  void anyReasonMakesAValidBody() throws CharacterCodingException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      String reason = random(random);
      byte[] body = failure(CREATE, reason);
      String hint = "seed " + seed + ", string " + i;
      assertTrue(body.length <= ResponseBody.MAX_BYTES, hint);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      String sent =
          Events.parsed(text.getBytes(StandardCharsets.UTF_8)).string("Reason").orElseThrow();
      String expected = new String(reason.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      int mark = sent.indexOf("… (cut; the full text is in ");
      String head = mark < 0 ? sent : sent.substring(0, mark);
      assertTrue(mark < 0 ? expected.equals(head) : expected.startsWith(head), hint);
      // what is cut is cut at the last possible place: no code point takes more than six bytes
      assertTrue(mark < 0 || body.length > ResponseBody.MAX_BYTES - 6, hint);
    }
  }

  /// Long enough to be cut about every tenth time, so that a run takes seconds.
  private static String random(Random random) {
    int length = random.nextInt(10) == 0 ? 600 + random.nextInt(5_000) : 1 + random.nextInt(60);
    int kind = random.nextInt(4);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      int bound =
          switch (kind) {
            case 0 -> 0x80;
            case 1 -> 0x800;
            default -> 0x10000;
          };
      text.append((char) random.nextInt(kind == 3 ? 0xD7F0 : 0, kind == 3 ? 0xE010 : bound));
    }
    return text.toString();
  }

  @Test
  void aBodyIsTheSameEachTime() {
    assertArrayEquals(failure(CREATE, "why"), failure(CREATE, "why"));
    assertEquals(
        Json.of("FAILED"), Events.parsed(failure(CREATE, "why")).get("Status").orElseThrow());
  }
}
