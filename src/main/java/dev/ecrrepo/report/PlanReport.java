package dev.ecrrepo.report;

import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.plan.Plan;
import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.plan.Plan.Refuse;
import dev.ecrrepo.plan.Planner;
import dev.ecrrepo.plan.ReconcileRequest;
import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.PreviousProperties;
import dev.ecrrepo.properties.PropertyReader;
import dev.ecrrepo.properties.ReadResult;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.NameResolution;
import dev.ecrrepo.repository.Observation;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.RepositoryName;
import dev.ecrrepo.repository.StackResource;
import dev.ecrrepo.repository.TagState;
import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.TimeLeft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the provider would do for one resource. It reads and plans as the provider does, by the
/// same reader, planner and guardrails, and applies nothing.
public final class PlanReport {

  /// Not a RequestId of CloudFormation, so no existing repository counts as created by this
  /// request.
  private static final String NO_REQUEST = "plan";

  private final EcrGateway ecr;
  private final ReportGateway reports;
  private final PropertyReader reader;
  private final Guardrails guardrails;
  private final Time time;

  public PlanReport(
      EcrGateway ecr,
      ReportGateway reports,
      PropertyReader reader,
      Guardrails guardrails,
      Time time) {
    this.ecr = ecr;
    this.reports = reports;
    this.reader = reader;
    this.guardrails = guardrails;
    this.time = time;
  }

  /// @throws dev.ecrrepo.ecr.EcrFailure where ECR cannot be read
  public JsonObject of(ResourceChange resource, TimeLeft timeLeft) {
    if (resource.properties().isEmpty()) {
      String name = resource.physicalId().orElse("");
      return PlanJson.removal(name, removal(resource, name, timeLeft));
    }
    JsonObject properties = resource.properties().get();
    return switch (reader.read(properties)) {
      case ReadResult.Faulty(var faults) -> PlanJson.faults(faults);
      case ReadResult.Desired(DesiredRepository desired, List<String> _) ->
          planned(resource, properties, desired, timeLeft);
    };
  }

  private JsonObject planned(
      ResourceChange resource,
      JsonObject properties,
      DesiredRepository desired,
      TimeLeft timeLeft) {
    PreviousProperties previous = reader.readPrevious(resource.oldProperties());
    Optional<String> given = resource.physicalId().filter(RepositoryName::isValid);
    String name = name(resource, desired, previous, given, timeLeft);
    Optional<Instant> now = Optional.of(time.now());
    boolean propertiesChanged = !properties.equals(resource.oldProperties());
    ReconcileRequest request =
        resource
            .physicalId()
            .map(id ->
                ReconcileRequest.ofUpdate(
                    resource.self(),
                    NO_REQUEST,
                    now,
                    id,
                    name,
                    desired,
                    propertiesChanged,
                    previous))
            .orElseGet(
                () -> ReconcileRequest.ofCreate(resource.self(), NO_REQUEST, now, name, desired));
    Optional<ObservedRepository> live = ecr.observe(name, timeLeft);
    Observation observation = Observation.of(live, resource.self());
    PlanJson report = new PlanJson(name, live);
    // The report has both the changes and the objections to them.
    Planner planner = new Planner(guardrails, ecr.registry());
    switch (planner.planBeforeGuardrails(request, observation)) {
      case Refuse(String reason, Set<String> _) -> report.refusal(reason);
      case Proceed proceed -> {
        report.plan(proceed);
        List<Plan.Objection> objections = planner.objections(proceed, request, observation);
        report.objections(objections.stream().map(Plan.Objection::sentence).toList());
        live.flatMap(_ -> proceed.first(PutLifecyclePolicy.class))
            .ifPresent(put -> report.expiring(reports.preview(name, put.policy(), timeLeft)));
        // A rename that is refused replaces nothing.
        given
            .filter(current -> objections.isEmpty() && !current.equals(name))
            .ifPresent(current -> report.replaces(current, removal(resource, current, timeLeft)));
      }
    }
    return report.document();
  }

  private String name(
      ResourceChange resource,
      DesiredRepository desired,
      PreviousProperties previous,
      Optional<String> given,
      TimeLeft timeLeft) {
    StackResource self = resource.self();
    NameResolution names = new NameResolution(guardrails.namePrefix(), self);
    return resource.physicalId().isEmpty()
        ? names.ofCreate(desired)
        : names.ofUpdate(desired, previous, given, name -> ecr.isOwnedBy(self, name, timeLeft));
  }

  /// A Delete has the properties that were there before.
  private DeletionPreview removal(ResourceChange resource, String name, TimeLeft timeLeft) {
    Optional<ObservedRepository> live =
        RepositoryName.isValid(name) ? ecr.observe(name, timeLeft) : Optional.empty();
    return DeletionPreview.of(
        resource.self(),
        live,
        reader.readForDelete(resource.oldProperties()),
        guardrails,
        other -> ecr.tags(other, timeLeft).map(TagState::of));
  }
}
