package dev.ecrrepo.cloudformation;

import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.identifier.StackId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// An event that can be responded to. [#request] checks the rest of it.
///
/// Its text omits the response URL, which is a credential and which
/// [CloudFormationCustomResourceEvent] would print.
final class Event {

  private static final Duration MAX_SERVICE_TIMEOUT = Duration.ofHours(1);

  private final CloudFormationCustomResourceEvent envelope;
  private final JsonObject properties;
  private final JsonObject oldProperties;
  private final Optional<String> propertiesFault;

  /// @param propertiesFault why the properties cannot be read, a clause
  Event(
      CloudFormationCustomResourceEvent envelope,
      JsonObject properties,
      JsonObject oldProperties,
      Optional<String> propertiesFault) {
    this.envelope = envelope;
    this.properties = properties;
    this.oldProperties = oldProperties;
    this.propertiesFault = propertiesFault;
  }

  /// What an event asks for, or why it asks for nothing that can be done.
  sealed interface RequestResult {
    record Valid(Request request) implements RequestResult {}

    /// @param reason for the template author
    record Invalid(String reason) implements RequestResult {}
  }

  /// @param isRepositoryName whether a physical ID is the name of a repository
  /// @param sentAt when CloudFormation sent the event
  RequestResult request(Predicate<String> isRepositoryName, Optional<Instant> sentAt) {
    Optional<StackId> stack = StackId.parse(stackId());
    if (stack.isEmpty()) {
      return new RequestResult.Invalid("The event's StackId is not the ARN of a stack.");
    }
    Request.Context context =
        new Request.Context(requestId(), stack.get(), logicalResourceId(), sentAt);
    return switch (requestType()) {
      case "Create" -> validIfPropertiesReadable(new Request.Create(context, properties));
      case "Update" ->
          parsedPhysicalId(isRepositoryName)
              .map(id ->
                  validIfPropertiesReadable(
                      new Request.Update(context, id, properties, oldProperties)))
              .orElseGet(Event::missingPhysicalId);
      // A Delete needs only the physical ID, so unreadable properties do not stop it.
      case "Delete" ->
          parsedPhysicalId(isRepositoryName)
              .<RequestResult>map(
                  id -> new RequestResult.Valid(new Request.Delete(context, id, properties)))
              .orElseGet(Event::missingPhysicalId);
      default ->
          new RequestResult.Invalid(
              "The event's RequestType is not one of Create, Update, Delete (got %s)."
                  .formatted(Fault.quote(requestType())));
    };
  }

  private RequestResult validIfPropertiesReadable(Request request) {
    return propertiesFault
        .<RequestResult>map(clause ->
            new RequestResult.Invalid(
                "The resource's properties cannot be read: "
                    + clause
                    + ". Fix them in the template."))
        .orElseGet(() -> new RequestResult.Valid(request));
  }

  private static RequestResult missingPhysicalId() {
    return new RequestResult.Invalid(
        "The event has no PhysicalResourceId, so it does not say which resource is meant.");
  }

  /// As in the event; empty if there is none.
  String physicalId() {
    return nonEmpty(envelope.getPhysicalResourceId()).orElse("");
  }

  private Optional<PhysicalId> parsedPhysicalId(Predicate<String> isRepositoryName) {
    return nonEmpty(envelope.getPhysicalResourceId())
        .map(id -> PhysicalId.parse(id, isRepositoryName));
  }

  /// The physical ID of a response that states none: of a failure, and of any Delete.
  String physicalIdToReport() {
    return physicalIdToReport("");
  }

  /// The physical ID of such a response: only a failed Create may state one.
  ///
  /// @param stated blank for none: see [Response.Failure]
  String physicalIdToReport(String stated) {
    Optional<String> id =
        requestType().equals("Create")
            ? Optional.of(stated).filter(text -> !text.isBlank())
            : nonEmpty(envelope.getPhysicalResourceId());
    return id.orElseGet(this::failedCreateId);
  }

  boolean isDelete() {
    return requestType().equals("Delete");
  }

  private String failedCreateId() {
    return new PhysicalId.FailedCreate(requestId()).text();
  }

  /// How long CloudFormation waits: the property `ServiceTimeout`, in seconds.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
  Duration serviceTimeout() {
    return properties
        .string("ServiceTimeout")
        .filter(text -> text.matches("[0-9]{1,4}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .filter(wait -> wait.isPositive() && wait.compareTo(MAX_SERVICE_TIMEOUT) <= 0)
        .orElse(MAX_SERVICE_TIMEOUT);
  }

  String requestType() {
    return nonEmpty(envelope.getRequestType()).orElse("");
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

  private static Optional<String> nonEmpty(String value) {
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }

  @Override
  public String toString() {
    return requestType() + " " + logicalResourceId() + " of " + stackId();
  }
}
