package dev.ecrrepo.cloudformation;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Events as CloudFormation sends them, with the members that a test changes.
final class Events {
  static final String SIGNATURE = "5eededsignature0123456789abcdef";
  static final String URL =
      "https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/arn%3Aaws%3A"
          + "cloudformation%3Aus-east-1%3A123456789012%3Astack/app%7CRepo%7C1"
          + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261120T095900Z&X-Amz-Expires=7200"
          + "&X-Amz-Signature="
          + SIGNATURE;
  static final String STACK =
      "arn:aws:cloudformation:us-east-1:123456789012:stack/app/1f2e3d4c-0000-1111-2222-333344445555";
  static final String REQUEST = "11111111-2222-3333-4444-555555555555";
  static final String MARKER = "EcrRepo::CREATE_FAILED::" + REQUEST;

  private final Map<String, Json> members = new LinkedHashMap<>();

  private Events(String type) {
    with("RequestType", type);
    with("ServiceToken", "arn:aws:lambda:us-east-1:123456789012:function:ecrrepo");
    with("ResponseURL", URL);
    with("StackId", STACK);
    with("RequestId", REQUEST);
    with("ResourceType", "Custom::EcrRepo");
    with("LogicalResourceId", "Repo");
    with("ResourceProperties", JsonObject.EMPTY);
  }

  static Events create() {
    return new Events("Create");
  }

  static Events update() {
    return new Events("Update")
        .with("PhysicalResourceId", "app/web")
        .with("OldResourceProperties", JsonObject.EMPTY);
  }

  static Events delete() {
    return new Events("Delete").with("PhysicalResourceId", "app/web");
  }

  Events with(String member, String value) {
    return with(member, Json.of(value));
  }

  Events with(String member, Json value) {
    members.put(member, value);
    return this;
  }

  Events without(String member) {
    members.remove(member);
    return this;
  }

  String text() {
    return Json.object(members).toString();
  }

  byte[] bytes() {
    return text().getBytes(StandardCharsets.UTF_8);
  }

  Event read() {
    return EventReader.read(bytes());
  }

  /// A response body, read back.
  static JsonObject parsed(byte[] body) {
    try {
      return (JsonObject) Json.parse(new String(body, StandardCharsets.UTF_8));
    } catch (JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
