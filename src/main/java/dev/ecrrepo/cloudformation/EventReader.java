package dev.ecrrepo.cloudformation;

import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonNull;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Reads the event's bytes. Lambda's own deserialization is not used: if it cannot read an event,
/// it prints the raw event with the response URL, and it adds a third of a second to a cold start.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
final class EventReader {

  private static final String PROPERTIES = "ResourceProperties";
  private static final String OLD_PROPERTIES = "OldResourceProperties";

  private EventReader() {}

  /// @throws UnansweredException when the envelope is too broken to be answered
  static Event read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      return event(Json.parse(text), Optional.empty());
    } catch (JsonSyntaxException e) {
      return event(Json.salvage(text), Optional.of(e.getMessage()));
    }
  }

  private static Event event(Json json, Optional<String> syntaxFault) {
    if (!(json instanceof JsonObject event)) {
      throw new UnansweredException("The event is not a JSON object. Nothing was changed.");
    }
    CloudFormationCustomResourceEvent envelope =
        CloudFormationCustomResourceEvent.builder()
            .withRequestType(event.string("RequestType").orElse(null))
            .withServiceToken(event.string("ServiceToken").orElse(null))
            .withResponseUrl(needed(event, "ResponseURL"))
            .withStackId(needed(event, "StackId"))
            .withRequestId(needed(event, "RequestId"))
            .withLogicalResourceId(needed(event, "LogicalResourceId"))
            .withPhysicalResourceId(event.string("PhysicalResourceId").orElse(null))
            .withResourceType(event.string("ResourceType").orElse(null))
            .withResourceProperties(Map.copyOf(object(event, PROPERTIES).members()))
            .withOldResourceProperties(Map.copyOf(object(event, OLD_PROPERTIES).members()))
            .build();
    return new Event(
        envelope,
        object(event, PROPERTIES),
        object(event, OLD_PROPERTIES),
        syntaxFault.or(() -> fault(event)));
  }

  private static String needed(JsonObject event, String member) {
    return event
        .string(member)
        .filter(value -> !value.isBlank())
        .orElseThrow(() ->
            new UnansweredException(
                "The event has no readable "
                    + member
                    + ", so it cannot be answered. Nothing was changed."));
  }

  private static JsonObject object(JsonObject event, String member) {
    return event.get(member).orElse(JsonObject.EMPTY) instanceof JsonObject object
        ? object
        : JsonObject.EMPTY;
  }

  /// The old properties yield no fault: after a failed update they may be the faulty ones.
  private static Optional<String> fault(JsonObject event) {
    return switch (event.get(PROPERTIES).orElseGet(JsonNull::new)) {
      case JsonObject _ -> Optional.empty();
      case JsonNull _ -> Optional.of("the event brings none, not even a ServiceToken");
      case Json other -> Optional.of("they are " + other.kind() + " instead of an object");
    };
  }
}
