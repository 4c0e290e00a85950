package dev.ecrrepo.reconciliation;

import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.logging.Metrics;
import dev.ecrrepo.plan.Plan;
import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.plan.Plan.Refuse;
import dev.ecrrepo.plan.ReconcileRequest;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Observation;
import dev.ecrrepo.repository.ObservedRepository;
import java.time.Instant;
import java.util.Set;
import java.util.logging.Logger;

/// Logs what a plan changes or why it is refused, and counts refusals by guardrails.
final class PlanLog {

  private static final Logger LOG = Logger.getLogger(PlanLog.class.getName());

  private PlanLog() {}

  static void log(Plan plan, ReconcileRequest request, Observation observation) {
    switch (plan) {
      case Refuse(String _, Set<String> guardrails) -> {
        LogEntry.of(LOG)
            .with("repository", request.name())
            .with("guardrails", guardrails)
            .info("plan: refuse");
        guardrails.forEach(PlanLog::countRefusal);
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
        observation.found().ifPresent(repository -> logReplacedPolicies(repository, proceed));
      }
    }
  }

  static void countRefusal(String guardrail) {
    new Metrics()
        .dimension("Guardrail", guardrail)
        .count("GuardrailRefusals", 1)
        .print(Instant.now());
  }

  /// A replaced policy exists nowhere else afterwards, so its full text is logged.
  private static void logReplacedPolicies(ObservedRepository repository, Proceed plan) {
    for (Change change : plan.changes()) {
      switch (change) {
        case Change.PutLifecyclePolicy _, Change.DeleteLifecyclePolicy _ ->
            logReplaced(repository, "lifecycle", change);
        case Change.SetRepositoryPolicy _, Change.DeleteRepositoryPolicy _ ->
            logReplaced(repository, "repository", change);
        default -> {}
      }
    }
  }

  private static void logReplaced(ObservedRepository repository, String which, Change change) {
    change
        .valueBefore(repository)
        .ifPresent(text ->
            LogEntry.of(LOG)
                .with("repository", repository.name())
                .with("policy", text)
                .info("The " + which + " policy that is replaced or removed."));
  }
}
