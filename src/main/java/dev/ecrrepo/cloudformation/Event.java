package dev.ecrrepo.cloudformation;

import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.identifier.StackId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// An event whose envelope could be read, so that it can be answered. Whether it also is a request
/// that makes sense, [#request] tells.
///
/// Prints without the response URL, which [CloudFormationCustomResourceEvent] itself would show.
final class Event {

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final CloudFormationCustomResourceEvent envelope;
  private final JsonObject properties;
  private final JsonObject oldProperties;
  private final Optional<String> fault;

  /// @param fault what is wrong with the properties, a clause
  Event(
      CloudFormationCustomResourceEvent envelope,
      JsonObject properties,
      JsonObject oldProperties,
      Optional<String> fault) {
    this.envelope = envelope;
    this.properties = properties;
    this.oldProperties = oldProperties;
    this.fault = fault;
  }

  /// What an event asks for, or why it asks for nothing that can be done.
  sealed interface Reading {
    record Asked(Request request) implements Reading {}

    /// @param reason for the template author
    record Refused(String reason) implements Reading {}
  }

  /// @param isName tells physical IDs that we gave from others
  /// @param time when CloudFormation sent it
  Reading request(Predicate<String> isName, Optional<Instant> time) {
    Optional<StackId> stack = StackId.parse(stackId());
    if (stack.isEmpty()) {
      return new Reading.Refused("The event's StackId is not the ARN of a stack.");
    }
    Request.Context context =
        new Request.Context(requestId(), stack.get(), logicalResourceId(), time);
    return switch (requestType()) {
      case "Create" -> unlessFaulty(new Request.Create(context, properties));
      case "Update" ->
          physicalId(isName)
              .map(id -> unlessFaulty(new Request.Update(context, id, properties, oldProperties)))
              .orElseGet(Event::withoutPhysicalId);
      // What is to be deleted is told by its ID; properties that nobody can read must not stop it.
      case "Delete" ->
          physicalId(isName)
              .<Reading>map(id -> new Reading.Asked(new Request.Delete(context, id, properties)))
              .orElseGet(Event::withoutPhysicalId);
      case "" ->
          new Reading.Refused(
              "The event has no RequestType; CloudFormation sends Create, Update or Delete.");
      default ->
          new Reading.Refused(
              "The event's RequestType is not one of Create, Update, Delete (got %s)."
                  .formatted(Fault.quote(requestType())));
    };
  }

  private Reading unlessFaulty(Request request) {
    return fault
        .<Reading>map(clause ->
            new Reading.Refused(
                "The resource's properties cannot be read: "
                    + clause
                    + ". Fix them in the template."))
        .orElseGet(() -> new Reading.Asked(request));
  }

  private static Reading withoutPhysicalId() {
    return new Reading.Refused(
        "The event has no PhysicalResourceId, so it does not say which resource is meant.");
  }

  /// As it stands in the event; empty if there is none.
  String physicalId() {
    return text(envelope.getPhysicalResourceId()).orElse("");
  }

  private Optional<PhysicalId> physicalId(Predicate<String> isName) {
    return text(envelope.getPhysicalResourceId()).map(id -> PhysicalId.parse(id, isName));
  }

  /// The ID of a failure that names none: an Update or Delete keeps the one it came with, since
  /// another one would be taken for a replacement and be deleted; a Create has the marker.
  String failureId() {
    return requestType().equals("Create")
        ? marker()
        : text(envelope.getPhysicalResourceId()).orElseGet(this::marker);
  }

  private String marker() {
    return new PhysicalId.FailedCreate(requestId()).text();
  }

  /// How long CloudFormation waits: the property `ServiceTimeout`, in seconds.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
  Duration serviceTimeout() {
    try {
      long seconds = properties.string("ServiceTimeout").map(Long::parseLong).orElse(0L);
      return seconds >= 1 && seconds <= LONGEST_WAIT.toSeconds()
          ? Duration.ofSeconds(seconds)
          : LONGEST_WAIT;
    } catch (NumberFormatException _) {
      return LONGEST_WAIT;
    }
  }

  String requestType() {
    return text(envelope.getRequestType()).orElse("");
  }

  /// A credential; see [ResponseUrl].
  String responseUrl() {
    return envelope.getResponseUrl();
  }

  String stackId() {
    return envelope.getStackId();
  }

  String requestId() {
    return envelope.getRequestId();
  }

  String logicalResourceId() {
    return envelope.getLogicalResourceId();
  }

  private static Optional<String> text(String value) {
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }

  @Override
  public String toString() {
    return requestType() + " " + logicalResourceId() + " of " + stackId();
  }
}
