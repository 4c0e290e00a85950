package dev.ecrrepo.repository;

import dev.ecrrepo.logging.Line;
import dev.ecrrepo.repository.Applier.Outcome.Applied;
import dev.ecrrepo.repository.Applier.Outcome.Failed;
import dev.ecrrepo.repository.Applier.Outcome.Taken;
import dev.ecrrepo.repository.Plan.Proceed;
import dev.ecrrepo.repository.Plan.Refuse;
import java.util.Optional;
import java.util.logging.Logger;

/// Makes a repository what its resource wants: observe, plan, apply. The same for a Create, an
/// Update, a rollback and a repeated delivery.
public final class RepositoryReconciler {

  private static final Logger LOG = Logger.getLogger(RepositoryReconciler.class.getName());

  /// How often a name may turn out to be taken, when a look said it was free.
  private static final int ATTEMPTS = 2;

  /// What came of it.
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

  public RepositoryReconciler(EcrGateway ecr, Guardrails guardrails, Retry retry) {
    this.ecr = ecr;
    this.planner = new Planner(guardrails, ecr.account().orElse(""));
    this.applier = new Applier(ecr, retry);
  }

  /// @param expected whether the repository should exist already; if not, creating it is tried
  ///   without a look
  public Outcome reconcile(Intent intent, boolean expected, Budget budget) {
    try {
      Optional<ObservedRepository> found =
          expected || isWorthALook(intent) ? ecr.observe(intent.name(), budget) : Optional.empty();
      if (expected && found.isEmpty()) {
        Line.of(LOG)
            .with("repository", intent.name())
            .warn("The repository was deleted outside its stack and is created again.");
      }
      return reconcile(intent, found, ATTEMPTS, budget);
    } catch (EcrFailure e) {
      return new Outcome.NotReconciled(e.getMessage(), false);
    }
  }

  /// Where a guardrail forbids creating it, it may exist all the same, and keeping it be allowed:
  /// the repository that a rollback returns to, or one that is to be adopted.
  private boolean isWorthALook(Intent intent) {
    return (!intent.creating() || intent.desired().adoptExisting())
        && planner.plan(intent, new Observation.Absent()) instanceof Refuse;
  }

  private Outcome reconcile(
      Intent intent, Optional<ObservedRepository> found, int attempts, Budget budget) {
    return switch (planned(intent, found)) {
      case Refuse(String reason) -> new Outcome.NotReconciled(reason, isOurs(intent, found));
      case Proceed plan ->
          switch (applier.apply(plan, found, budget)) {
            case Applied(ObservedRepository repository) -> new Outcome.Reconciled(repository);
            case Failed(String reason, boolean remains) ->
                new Outcome.NotReconciled(reason, remains);
            case Taken _ ->
                attempts == 0
                    ? new Outcome.NotReconciled(
                        """
                        Repository %s is created and deleted by others at the same \
                        time. Try again, or choose another RepositoryName.\
                        """
                            .formatted(intent.name()),
                        false)
                    : reconcile(intent, ecr.observe(intent.name(), budget), attempts - 1, budget);
          };
    };
  }

  private Plan planned(Intent intent, Optional<ObservedRepository> found) {
    Observation observation = Observation.of(found, intent.self());
    Plan plan = planner.plan(intent, observation);
    switch (plan) {
      case Refuse _ -> Line.of(LOG).with("repository", intent.name()).info("plan: refuse");
      case Proceed(var _, boolean adopts, var warnings) -> {
        Line.of(LOG)
            .with("repository", intent.name())
            .with("observed", observation.getClass().getSimpleName())
            .with("adopts", adopts)
            .with("values", intent.desired().origins())
            .with("changes", ((Proceed) plan).changes().stream().map(Change::describe).toList())
            .info("plan");
        warnings.forEach(w -> Line.of(LOG).with("repository", intent.name()).warn(w));
        if (adopts) {
          found.ifPresent(repository -> logReplacedPolicies(repository, (Proceed) plan));
        }
      }
    }
    return plan;
  }

  /// What an adoption overwrites is nowhere else: the log keeps it, whole.
  private static void logReplacedPolicies(ObservedRepository repository, Proceed plan) {
    for (Change change : plan.changes()) {
      switch (change) {
        case Change.PutLifecyclePolicy _ -> logReplaced("lifecycle", repository.lifecyclePolicy());
        case Change.SetRepositoryPolicy _ ->
            logReplaced("repository", repository.repositoryPolicy());
        default -> {}
      }
    }
  }

  private static void logReplaced(String which, Optional<String> policy) {
    policy.ifPresent(text ->
        Line.of(LOG).with("policy", text).warn("The adoption replaces this " + which + " policy."));
  }

  /// Ours in the sense of a repeated delivery or an update: its tags are this resource's.
  private static boolean isOurs(Intent intent, Optional<ObservedRepository> found) {
    return found
        .map(ObservedRepository::ownership)
        .filter(ownership ->
            ownership.owner().filter(intent.self()::equals).isPresent()
                && (!intent.creating()
                    || ownership.createdBy().filter(intent.requestId()::equals).isPresent()))
        .isPresent();
  }
}
