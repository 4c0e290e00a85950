package dev.ecrrepo.plan;

import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.plan.Plan.Refuse;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Observation;
import dev.ecrrepo.repository.Observation.Absent;
import dev.ecrrepo.repository.Observation.Foreign;
import dev.ecrrepo.repository.Observation.Owned;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.Registry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plans the difference between what is desired and what was observed. It makes no call. After the
/// changes of a plan, the next plan is empty.
public final class Planner {

  private static final int MAX_TAGS = 50;

  /// How many tags are left for the template's and the default tags.
  static final int MAX_TEMPLATE_TAGS = MAX_TAGS - Ownership.KEYS.size();

  private final Guardrails guardrails;
  private final Registry registry;

  public Planner(Guardrails guardrails, Registry registry) {
    this.guardrails = guardrails;
    this.registry = registry;
  }

  /// The plan, or a refusal if a guardrail objects to it.
  public Plan plan(ReconcileRequest request, Observation observation) {
    Plan plan = planBeforeGuardrails(request, observation);
    if (!(plan instanceof Proceed proceed)) {
      return plan;
    }
    List<Plan.Objection> objections = objections(proceed, request, observation);
    return objections.isEmpty()
        ? plan
        : Refuse.forbidden(
            proceed.adopts() ? RefusalMessages.asItIs(objections, request.name()) : objections);
  }

  /// The guardrails that a plan violates; empty if it violates none.
  public List<Plan.Objection> objections(
      Proceed plan, ReconcileRequest request, Observation observation) {
    return new GuardrailCheck(guardrails, plan, request.name(), registry, observation.found())
        .objections();
  }

  /// The plan before the guardrails are checked. Only AllowAdoption is checked here already,
  /// because a take-over that it forbids has no plan.
  public Plan planBeforeGuardrails(ReconcileRequest request, Observation observation) {
    Map<String, String> withDefaults = guardrails.tags().withDefaults(request.desired().tags());
    return switch (observation) {
      case Absent _ when withDefaults.size() > MAX_TEMPLATE_TAGS ->
          tooManyTags(withDefaults.size());
      case Absent _ -> CreationPlan.of(request, withDefaults, registry);
      case Owned(ObservedRepository repository) when isOwn(request, repository) ->
          update(request, repository);
      case Owned(ObservedRepository repository) -> adopt(request, repository);
      case Foreign(ObservedRepository repository) when wasTakenFrom(request, repository) ->
          update(request, repository);
      case Foreign(ObservedRepository repository) -> adopt(request, repository);
    };
  }

  private static Refuse tooManyTags(int count) {
    return new Refuse(
        """
        Tags: a repository takes %d tags, %d of them are the provider's own, so %d are left for \
        the template's and the provider's default tags together; here are %d. Remove %d.\
        """
            .formatted(
                MAX_TAGS,
                Ownership.KEYS.size(),
                MAX_TEMPLATE_TAGS,
                count,
                count - MAX_TEMPLATE_TAGS));
  }

  /// An Update owns every repository that carries the resource's tags; a Create, only what a
  /// delivery of itself has created or taken over.
  private static boolean isOwn(ReconcileRequest request, ObservedRepository repository) {
    return !request.creating()
        || repository.ownership().isCreatedBy(request.requestId())
        || (request.desired().adoptExisting() && wasTakenOverBy(request, repository));
  }

  /// Whether an earlier delivery of this request took the repository over. A repeated delivery has
  /// the same time, which the first one wrote to the repository. If a time is missing, a previous
  /// owner shows that it was taken over.
  private static boolean wasTakenOverBy(ReconcileRequest request, ObservedRepository repository) {
    Optional<Instant> last = repository.applied().flatMap(AppliedRecord::time);
    return (last.isPresent() && request.time().isPresent())
        ? last.equals(request.time())
        : repository.ownership().previousOwner().isPresent();
  }

  /// A rollback of a rename within the stack returns to the old resource before it ends the new
  /// one.
  static boolean wasTakenFrom(ReconcileRequest request, ObservedRepository repository) {
    return !request.creating() && repository.ownership().isTakenFrom(request.self());
  }

  private static Refuse refuseOlderEvent(ObservedRepository repository) {
    return new Refuse(RefusalMessages.olderEvent(repository.name()));
  }

  private Plan adopt(ReconcileRequest request, ObservedRepository repository) {
    return switch (AdoptionDecision.of(request, repository, guardrails)) {
      case AdoptionDecision.Refused(Refuse refuse) -> refuse;
      case AdoptionDecision.Allowed _ when repository.hasNewerRecordThan(request.time()) ->
          refuseOlderEvent(repository);
      case AdoptionDecision.Allowed allowed -> AdoptionPlan.plan(request, repository, allowed);
    };
  }

  private Plan update(ReconcileRequest request, ObservedRepository repository) {
    if (repository.hasNewerRecordThan(request.time())) {
      return refuseOlderEvent(repository);
    }
    Map<String, String> fitting =
        guardrails
            .tags()
            .withFittingDefaults(
                request.desired().tags(), repository.tags().keySet(), MAX_TEMPLATE_TAGS);
    return new UpdatePlan(request, repository, fitting, guardrails.tags().required()).plan();
  }
}
