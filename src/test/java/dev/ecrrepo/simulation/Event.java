package dev.ecrrepo.simulation;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/// A request as CloudFormation sends it.
///
/// @param physicalId null in a Create
/// @param old null but in an Update
/// @param dated whether its URL tells when it was signed
record Event(
    String type,
    String requestId,
    String stackId,
    String logicalId,
    String physicalId,
    JsonObject properties,
    JsonObject old,
    Instant time,
    boolean dated) {

  /// What nothing that is printed may contain.
  static final String SECRET = "5eededsignature0123456789abcdef";

  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  byte[] bytes() {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("RequestType", Json.of(type));
    members.put("ServiceToken", Json.of(World.FUNCTION));
    members.put("ResponseURL", Json.of(url()));
    members.put("StackId", Json.of(stackId));
    members.put("RequestId", Json.of(requestId));
    members.put("LogicalResourceId", Json.of(logicalId));
    members.put("ResourceType", Json.of("Custom::EcrRepo"));
    if (physicalId != null) {
      members.put("PhysicalResourceId", Json.of(physicalId));
    }
    members.put("ResourceProperties", withToken(properties));
    if (old != null) {
      members.put("OldResourceProperties", withToken(old));
    }
    return Json.object(members).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject withToken(JsonObject properties) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("ServiceToken", Json.of(World.FUNCTION));
    members.putAll(properties.members());
    return new JsonObject(members);
  }

  private String url() {
    String where =
        "https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/x?";
    return dated
        ? where
            + "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date="
            + BASIC.format(time)
            + "&X-Amz-Expires=7200&X-Amz-Signature="
            + SECRET
        : where + "Expires=" + time.plusSeconds(7200).getEpochSecond() + "&Signature=" + SECRET;
  }

  String stated(String property) {
    return properties.string(property).orElse("");
  }

  @Override
  public String toString() {
    return type
        + " "
        + logicalId
        + (physicalId == null ? "" : " (" + physicalId + ")")
        + " "
        + properties
        + (old == null ? "" : " before " + old);
  }
}
