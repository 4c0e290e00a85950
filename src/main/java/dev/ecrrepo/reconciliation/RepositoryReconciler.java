package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.plan.Plan;
import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.plan.Plan.Refuse;
import dev.ecrrepo.plan.Planner;
import dev.ecrrepo.plan.ReconcileRequest;
import dev.ecrrepo.plan.ReconcileRequest.Operation;
import dev.ecrrepo.reconciliation.Applier.Outcome.Applied;
import dev.ecrrepo.reconciliation.Applier.Outcome.Failed;
import dev.ecrrepo.reconciliation.Applier.Outcome.NameTaken;
import dev.ecrrepo.reconciliation.Applier.Outcome.OutcomeUnknown;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.Observation;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.StackResource;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Logger;

/// Observes the repository, plans the difference from what the resource wants, and applies it.
/// Create, Update, rollback and repeated delivery do the same.
public final class RepositoryReconciler {

  private static final Logger LOG = Logger.getLogger(RepositoryReconciler.class.getName());

  /// How often planning and applying is repeated if the name is taken, the outcome of a change is
  /// unknown, or an older event may have changed the repository meanwhile.
  private static final int MAX_RETRIES = 2;

  private static final Duration TAG_PROPAGATION = Duration.ofSeconds(5);

  /// An update that has made its changes waits at most this long to read the repository again.
  private static final Duration READ_AGAIN = Duration.ofSeconds(10);

  /// The result of reconciling.
  public sealed interface Outcome {

    /// The repository is as desired.
    ///
    /// @param repository perhaps as it was before the changes: see [Applier.Outcome.Applied]
    record Reconciled(ObservedRepository repository) implements Outcome {}

    /// The repository is not as desired.
    ///
    /// @param reason sentences for the template author
    /// @param repositoryExists after a Create, whether a repository exists that CloudFormation's
    ///   Delete must remove or give back
    record NotReconciled(String reason, boolean repositoryExists) implements Outcome {}
  }

  private final EcrGateway ecr;
  private final Planner planner;
  private final Applier applier;
  private final Retry retry;

  public RepositoryReconciler(EcrGateway ecr, Guardrails guardrails, Retry retry) {
    this.ecr = ecr;
    this.planner = new Planner(guardrails, ecr.registry());
    this.applier = new Applier(ecr, retry);
    this.retry = retry;
  }

  /// Usually creates the repository without reading first: if the name is taken, ECR says so, and
  /// the repository is read then. Reads first if the resource keeps its repository, and if a
  /// creation would be refused, but an existing repository may be kept or adopted.
  public Outcome reconcile(ReconcileRequest request, TimeLeft timeLeft) {
    boolean keepsRepository = request.operation() == Operation.KEEP;
    try {
      TimedObservation found =
          keepsRepository || isAllowedOnlyIfItExists(request)
              ? TimedObservation.read(ecr, request.name(), timeLeft)
              : TimedObservation.notRead(timeLeft);
      if (keepsRepository && found.repository().isEmpty()) {
        LogEntry.of(LOG)
            .with("repository", request.name())
            .warn("The repository was deleted outside its stack.");
      }
      return reconcile(request, found, MAX_RETRIES, timeLeft);
    } catch (EcrFailure e) {
      return new Outcome.NotReconciled(e.getMessage(), false);
    }
  }

  /// A creation may be refused although keeping a repository is allowed: the one that a rollback
  /// returns to, or one that is to be adopted.
  private boolean isAllowedOnlyIfItExists(ReconcileRequest request) {
    return (!request.creating() || request.desired().adoptExisting())
        && planner.plan(request, new Observation.Absent()) instanceof Refuse;
  }

  private Outcome reconcile(
      ReconcileRequest request, TimedObservation found, int retries, TimeLeft timeLeft) {
    return switch (plan(request, found.repository())) {
      case Refuse(String reason, Set<String> _) ->
          new Outcome.NotReconciled(reason, isCreatedBy(request, found.repository()));
      case Proceed plan ->
          switch (applier.apply(plan, request, found, timeLeft)) {
            case Applied(ObservedRepository repository) -> {
              Optional<TimedObservation> changedMeanwhile =
                  retries > 0 && mayBeOutdated(request, plan, found, timeLeft)
                      ? readAgain(request, timeLeft)
                      : Optional.empty();
              yield changedMeanwhile
                  .map(now -> reconcile(request, now, retries - 1, timeLeft))
                  .orElseGet(() -> new Outcome.Reconciled(repository));
            }
            case Failed(String reason, boolean repositoryExists) ->
                new Outcome.NotReconciled(reason, repositoryExists);
            case OutcomeUnknown(String reason) ->
                lookUp(request, found.repository(), reason, retries, timeLeft);
            case NameTaken _ -> lookUpTaken(request, retries, timeLeft);
          };
    };
  }

  /// Whether an older event may have changed the repository after it was read, and before this
  /// event wrote the record that stops older events.
  private static boolean mayBeOutdated(
      ReconcileRequest request, Proceed plan, TimedObservation found, TimeLeft timeLeft) {
    return found.repository().isPresent()
        && !plan.takesOver()
        && request.time().isPresent()
        && plan.first(TagResource.class).isPresent()
        && found.isOutdated(timeLeft);
  }

  /// The repository with the record that this event has written. Empty if that is not visible soon:
  /// without it, what this event wrote would look like the work of others. Empty, too, if a newer
  /// event came, or if it cannot be read: this event has made its changes all the same.
  private Optional<TimedObservation> readAgain(ReconcileRequest request, TimeLeft timeLeft) {
    Predicate<TimedObservation> hasRecord =
        now -> now.repository().filter(live -> isWrittenBy(request, live)).isPresent();
    TimeLeft bounded = timeLeft.atMost(READ_AGAIN);
    try {
      TimedObservation now =
          retry.pollUntil(
              TAG_PROPAGATION,
              bounded,
              () -> TimedObservation.read(ecr, request.name(), bounded),
              hasRecord);
      return Optional.of(now).filter(hasRecord);
    } catch (EcrFailure _) {
      return Optional.empty();
    }
  }

  /// A record of the same time may be another resource's.
  private static boolean isWrittenBy(ReconcileRequest request, ObservedRepository live) {
    return live.ownership().isOwnedBy(request.self()) && live.hasRecordOf(request.time());
  }

  /// Continues with the repository that is there after a change whose outcome is unknown.
  ///
  /// @param found before the change: empty if it was the creation
  /// @param reason why the outcome is unknown
  private Outcome lookUp(
      ReconcileRequest request,
      Optional<ObservedRepository> found,
      String reason,
      int retries,
      TimeLeft timeLeft) {
    TimedObservation now;
    try {
      now = awaitRepository(request, timeLeft);
    } catch (EcrFailure e) {
      return new Outcome.NotReconciled(
          reason + RemainingRepository.outcomeUnknown(request, found, e), false);
    }
    return now.repository().isEmpty() || retries == 0
        ? new Outcome.NotReconciled(reason, false)
        : reconcile(request, now, retries - 1, timeLeft);
  }

  /// Continues with the repository that has the name. The SDK's first attempt may have created it.
  private Outcome lookUpTaken(ReconcileRequest request, int retries, TimeLeft timeLeft) {
    if (retries == 0) {
      return new Outcome.NotReconciled(
          """
          Repository %s is created and deleted by others at the same time. Try again, or choose \
          another RepositoryName.\
          """
              .formatted(request.name()),
          false);
    }
    TimedObservation now;
    try {
      now = awaitRepository(request, timeLeft);
    } catch (EcrFailure e) {
      return new Outcome.NotReconciled(
          e.getMessage() + RemainingRepository.perhapsCreated(request), false);
    }
    return reconcile(request, now, retries - 1, timeLeft);
  }

  /// Waits until the repository that has the name is visible. Uses the reserved time, because after
  /// throttled calls there may be no other left.
  private TimedObservation awaitRepository(ReconcileRequest request, TimeLeft timeLeft) {
    return retry.pollUntil(
        Retry.REPOSITORY_PROPAGATION,
        timeLeft,
        () -> TimedObservation.read(ecr, request.name(), timeLeft.withoutReserve()),
        observation -> observation.repository().isPresent());
  }

  private Plan plan(ReconcileRequest request, Optional<ObservedRepository> found) {
    Observation observation = Observation.of(found, request.self());
    Plan plan = planner.plan(request, observation);
    PlanLog.log(plan, request, observation);
    return plan;
  }

  /// Whether a repository of this name exists and is the resource's.
  public boolean isOwn(String name, StackResource self, TimeLeft timeLeft) {
    return ecr.isOwnedBy(self, name, timeLeft);
  }

  /// Whether a delivery of this request created the repository for this resource. A failed Create
  /// then reports the name, so that CloudFormation's Delete removes the repository.
  private static boolean isCreatedBy(ReconcileRequest request, Optional<ObservedRepository> found) {
    return found
        .map(ObservedRepository::ownership)
        .filter(ownership ->
            ownership.isOwnedBy(request.self()) && ownership.isCreatedBy(request.requestId()))
        .isPresent();
  }
}
