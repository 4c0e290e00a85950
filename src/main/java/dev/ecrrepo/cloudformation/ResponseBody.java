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

  /// Of a physical ID; left free, so that whatever ID a response names, it fits.
  private static final int LONGEST_ID = 1024;

  private static final String LAST_RESORT =
      "The function failed and could not say how, most likely for want of memory. Whoever runs it"
          + " can raise its MemorySize.";

  private final Response response;
  private final byte[] bytes;

  private ResponseBody(Response response, byte[] bytes) {
    this.response = response;
    this.bytes = bytes;
  }

  /// What it says.
  Response response() {
    return response;
  }

  /// What is sent. Not copied, since there may be no memory to do so; nobody writes into it.
  byte[] bytes() {
    return bytes;
  }

  /// Cuts the reason, and only that, to what fits; the cut is marked and says where the whole text
  /// is. A success whose attributes do not fit becomes a failure, never an answer that
  /// CloudFormation cannot read.
  ///
  /// @param log where the whole reason can be read, a clause
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
                    event.requestType().equals("Create") ? id : event.failureId(),
                    "The resource's attributes do not fit into the "
                        + MAX_BYTES
                        + " bytes that CloudFormation takes. Choose shorter names."),
                log);
      }
    };
  }

  /// Made before anything else, for the moment when there is no memory to make one.
  ///
  /// @throws UnansweredException when the event's own identifiers are too long to be echoed
  static ResponseBody lastResort(Event event) {
    Response.Failure failure = new Response.Failure(event.failureId(), LAST_RESORT);
    byte[] body = bytes(event, "FAILED", LAST_RESORT, failure.physicalId(), Map.of());
    if (body.length > MAX_BYTES - LONGEST_ID) {
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
    String end = "… (cut; the whole text is in " + log + ")";
    byte[] shortest = bytes(event, "FAILED", end, failure.physicalId(), Map.of());
    int kept = fitting(failure.reason(), MAX_BYTES - shortest.length);
    String cut = failure.reason().substring(0, kept) + end;
    return new ResponseBody(failure, bytes(event, "FAILED", cut, failure.physicalId(), Map.of()));
  }

  /// How many chars of a text fit, as JSON in UTF-8, into so many bytes, never half a code point.
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

  /// What the code point takes, escaped where JSON demands it; half a surrogate pair becomes `?`.
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
