package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.logging.Metrics;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.plan.Plan;
import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.plan.Plan.Refuse;
import dev.ecrrepo.plan.Planner;
import dev.ecrrepo.plan.ReconcileRequest;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.reconciliation.Applier.Outcome.Applied;
import dev.ecrrepo.reconciliation.Applier.Outcome.Failed;
import dev.ecrrepo.reconciliation.Applier.Outcome.Taken;
import dev.ecrrepo.reconciliation.Applier.Outcome.Unanswered;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Observation;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.time.TimeLeft;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;

/// Makes a repository what its resource wants: observe, plan, apply. The same for a Create, an
/// Update, a rollback and a repeated delivery.
public final class RepositoryReconciler {

  private static final Logger LOG = Logger.getLogger(RepositoryReconciler.class.getName());

  /// How often a name may turn out to be taken, when a look said it was free.
  private static final int ATTEMPTS = 2;

  /// The result of reconciling.
  public sealed interface Outcome {

    /// The repository is as desired.
    record Reconciled(ObservedRepository repository) implements Outcome {}

    /// It is not.
    ///
    /// @param reason sentences for the template author
    /// @param remains whether a repository of this resource exists under the name all the same
    record NotReconciled(String reason, boolean remains) implements Outcome {}
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

  /// @param expected whether the repository should exist already; if not, creating it is tried
  ///   without a look
  public Outcome reconcile(ReconcileRequest request, boolean expected, TimeLeft timeLeft) {
    try {
      Optional<ObservedRepository> found =
          expected || mayExistAlready(request)
              ? ecr.observe(request.name(), timeLeft)
              : Optional.empty();
      if (expected && found.isEmpty()) {
        LogEntry.of(LOG)
            .with("repository", request.name())
            .warn("The repository was deleted outside its stack and is created again.");
      }
      return reconcile(request, found, ATTEMPTS, timeLeft);
    } catch (EcrFailure e) {
      return new Outcome.NotReconciled(e.getMessage(), false);
    }
  }

  /// Where a guardrail forbids creating it, it may exist all the same, and keeping it be allowed:
  /// the repository that a rollback returns to, or one that is to be adopted.
  private boolean mayExistAlready(ReconcileRequest request) {
    return (!request.creating() || request.desired().adoptExisting())
        && planner.plan(request, new Observation.Absent()) instanceof Refuse;
  }

  private Outcome reconcile(
      ReconcileRequest request,
      Optional<ObservedRepository> found,
      int attempts,
      TimeLeft timeLeft) {
    return switch (planned(request, found)) {
      case Refuse(String reason, Set<String> _) ->
          new Outcome.NotReconciled(reason, isOurs(request, found));
      case Proceed plan ->
          switch (applier.apply(plan, request, found, timeLeft)) {
            case Applied(ObservedRepository repository) -> new Outcome.Reconciled(repository);
            case Failed(String reason, boolean remains) ->
                new Outcome.NotReconciled(reason, remains);
            case Unanswered(String reason) -> {
              Optional<ObservedRepository> now = observeTaken(request.name(), timeLeft);
              yield now.isEmpty() || attempts == 0
                  ? new Outcome.NotReconciled(reason, false)
                  : reconcile(request, now, attempts - 1, timeLeft);
            }
            case Taken _ ->
                attempts == 0
                    ? new Outcome.NotReconciled(
                        """
                        Repository %s is created and deleted by others at the same \
                        time. Try again, or choose another RepositoryName.\
                        """
                            .formatted(request.name()),
                        false)
                    : reconcile(
                        request, observeTaken(request.name(), timeLeft), attempts - 1, timeLeft);
          };
    };
  }

  /// Its name is taken, though a repository that was created a moment ago may not be seen yet.
  private Optional<ObservedRepository> observeTaken(String name, TimeLeft timeLeft) {
    return retry.until(
        Retry.FRESH, timeLeft, () -> ecr.observe(name, timeLeft), Optional::isPresent);
  }

  private Plan planned(ReconcileRequest request, Optional<ObservedRepository> found) {
    Observation observation = Observation.of(found, request.self());
    Plan plan = planner.plan(request, observation);
    switch (plan) {
      case Refuse(String _, Set<String> guardrails) -> {
        LogEntry.of(LOG)
            .with("repository", request.name())
            .with("guardrails", guardrails)
            .info("plan: refuse");
        guardrails.forEach(RepositoryReconciler::countRefusal);
      }
      case Proceed proceed -> {
        LogEntry.of(LOG)
            .with("repository", request.name())
            .with("observed", observation.getClass().getSimpleName())
            .with("takesOver", proceed.takesOver())
            .with("values", request.desired().valueSources())
            .with("changes", proceed.changes().stream().map(Change::describe).toList())
            .info("plan");
        proceed
            .warnings()
            .forEach(w -> LogEntry.of(LOG).with("repository", request.name()).warn(w));
        found.ifPresent(repository -> logReplacedPolicies(repository, proceed));
      }
    }
    return plan;
  }

  static void countRefusal(String guardrail) {
    new Metrics().by("Guardrail", guardrail).count("GuardrailRefusals", 1).print(Instant.now());
  }

  /// A policy that is replaced is nowhere else afterwards: the log keeps it, whole.
  private static void logReplacedPolicies(ObservedRepository repository, Proceed plan) {
    for (Change change : plan.changes()) {
      switch (change) {
        case Change.PutLifecyclePolicy _, Change.DeleteLifecyclePolicy _ ->
            logReplaced(
                repository, "lifecycle", repository.lifecyclePolicy().map(LifecyclePolicy::text));
        case Change.SetRepositoryPolicy _, Change.DeleteRepositoryPolicy _ ->
            logReplaced(
                repository,
                "repository",
                repository.repositoryPolicy().map(RepositoryPolicy::text));
        default -> {}
      }
    }
  }

  private static void logReplaced(
      ObservedRepository repository, String which, Optional<String> policy) {
    policy.ifPresent(text ->
        LogEntry.of(LOG)
            .with("repository", repository.name())
            .with("policy", text)
            .info("The " + which + " policy that is replaced or removed."));
  }

  /// Whether a repository of this name exists and is the resource's.
  public boolean isOwn(String name, Owner self, TimeLeft timeLeft) {
    return ecr.isOf(self, name, timeLeft);
  }

  /// Ours in the sense of a repeated delivery or an update: its tags are this resource's.
  private static boolean isOurs(ReconcileRequest request, Optional<ObservedRepository> found) {
    return found
        .map(ObservedRepository::ownership)
        .filter(ownership ->
            ownership.isOf(request.self())
                && (!request.creating()
                    || ownership.createdBy().filter(request.requestId()::equals).isPresent()))
        .isPresent();
  }
}
