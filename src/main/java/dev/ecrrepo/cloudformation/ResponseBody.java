package dev.ecrrepo.cloudformation;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A response as CloudFormation reads it: JSON in UTF-8, at most 4,096 bytes, no nulls.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
final class ResponseBody {

  static final int MAX_BYTES = 4096;

  /// The longest physical ID, in bytes. The last resort leaves room for it.
  private static final int MAX_ID_BYTES = 1024;

  private static final String LAST_RESORT =
      "The function failed and could not report the cause; most likely it ran out of memory."
          + " The operator of the provider can raise its MemorySize.";

  private final Response response;
  private final byte[] bytes;

  private ResponseBody(Response response, byte[] bytes) {
    this.response = response;
    this.bytes = bytes;
  }

  /// The response that these bytes contain, after any cut.
  Response response() {
    return response;
  }

  /// The bytes to send. They are not copied, because there may be no memory left; do not change
  /// them.
  byte[] bytes() {
    return bytes;
  }

  /// Cuts only the reason, if the response is too long, and says in it where the whole text is. A
  /// success whose attributes do not fit becomes a failure.
  ///
  /// @param log names the log that has the full reason, such as "log stream … of …"
  static ResponseBody of(Event event, Response response, String log) {
    return switch (response) {
      case Response.Failure failure -> failure(event, failure, log);
      case Response.Success(String id, Map<String, String> data) -> {
        byte[] body = bytes(event, "SUCCESS", "", id, data);
        yield body.length <= MAX_BYTES
            ? new ResponseBody(response, body)
            : failure(
                event,
                new Response.Failure(
                    event.physicalIdToReport(id),
                    "The resource's attributes do not fit into the "
                        + MAX_BYTES
                        + " bytes that CloudFormation takes. Choose shorter names."),
                log);
      }
    };
  }

  /// A response for the case that there is no memory left to make one. It is made first.
  ///
  /// @throws UnansweredException when the event's own identifiers are too long to be echoed
  static ResponseBody lastResort(Event event) {
    Response.Failure failure = new Response.Failure(event.physicalIdToReport(), LAST_RESORT);
    byte[] body = bytes(event, "FAILED", LAST_RESORT, failure.physicalId(), Map.of());
    if (body.length > MAX_BYTES - MAX_ID_BYTES) {
      throw new UnansweredException(
          "The event's identifiers are too long to be echoed in a response. Nothing was changed.");
    }
    return new ResponseBody(failure, body);
  }

  private static ResponseBody failure(Event event, Response.Failure failure, String log) {
    byte[] whole = bytes(event, "FAILED", failure.reason(), failure.physicalId(), Map.of());
    if (whole.length <= MAX_BYTES) {
      return new ResponseBody(failure, whole);
    }
    String end = "… (cut; the full text is in " + log + ")";
    byte[] shortest = bytes(event, "FAILED", end, failure.physicalId(), Map.of());
    int kept = fitting(failure.reason(), MAX_BYTES - shortest.length);
    String cut = failure.reason().substring(0, kept) + end;
    return new ResponseBody(failure, bytes(event, "FAILED", cut, failure.physicalId(), Map.of()));
  }

  /// How many `char`s of a text fit into a number of bytes, as JSON in UTF-8. A surrogate pair is
  /// never split.
  private static int fitting(String text, int bytes) {
    int left = bytes;
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      left -= size(codePoint);
      if (left < 0) {
        return at;
      }
      at += Character.charCount(codePoint);
    }
    return at;
  }

  /// The number of bytes of a code point in a JSON string. Half a surrogate pair is written as `?`.
  private static int size(int codePoint) {
    if (codePoint < 0x20) {
      return "\b\t\n\f\r".indexOf(codePoint) < 0 ? 6 : 2;
    }
    if (codePoint < 0x80) {
      return codePoint == '"' || codePoint == '\\' ? 2 : 1;
    }
    if (codePoint < 0x800 || codePoint >= 0x10000) {
      return codePoint < 0x800 ? 2 : 4;
    }
    return Character.isSurrogate((char) codePoint) ? 1 : 3;
  }

  private static byte[] bytes(
      Event event, String status, String reason, String physicalId, Map<String, String> data) {
    Map<String, Json> body = new LinkedHashMap<>();
    body.put("Status", Json.of(status));
    if (!reason.isEmpty()) {
      body.put("Reason", Json.of(reason));
    }
    body.put("PhysicalResourceId", Json.of(physicalId));
    body.put("StackId", Json.of(event.stackId()));
    body.put("RequestId", Json.of(event.requestId()));
    body.put("LogicalResourceId", Json.of(event.logicalResourceId()));
    if (!data.isEmpty()) {
      Map<String, Json> attributes = new LinkedHashMap<>();
      data.forEach((key, value) -> attributes.put(key, Json.of(value)));
      body.put("Data", new JsonObject(attributes));
    }
    return Json.object(body).toString().getBytes(StandardCharsets.UTF_8);
  }
}
