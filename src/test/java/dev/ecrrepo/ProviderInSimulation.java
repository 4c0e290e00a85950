package dev.ecrrepo;

import dev.ecrrepo.cloudformation.Provider;
import dev.ecrrepo.cloudformation.Response;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.properties.PropertyReader;
import dev.ecrrepo.reconciliation.RepositoryReconciler;
import dev.ecrrepo.reconciliation.RepositoryRemoval;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.Times;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.services.ecr.EcrClient;

/// The provider of one invocation, put together as the function does, with a simulated ECR and
/// clock.
public final class ProviderInSimulation {

  private static final Schema SCHEMA = Schema.load();

  private ProviderInSimulation() {}

  public static Provider of(
      String functionArn,
      Map<String, String> environment,
      EcrClient ecr,
      Times.Sleeper sleeper,
      Clock clock) {
    InvokedFunction function = InvokedFunction.of(functionArn, false);
    return switch (ProviderParameters.of(environment, SCHEMA)) {
      case ProviderParameters.Malformed(var faults) ->
          (_, _) -> new Response.Failure("", "The provider is set up wrongly: " + faults);
      case ProviderParameters.Valid valid -> {
        Guardrails guardrails = valid.guardrails();
        Time time = Times.of(clock, sleeper);
        Retry retry = new Retry(time);
        EcrGateway gateway = new EcrGateway(ecr, function.registry(), retry);
        yield new EcrRepoProvider(
            function,
            guardrails.namePrefix(),
            new PropertyReader(
                SCHEMA,
                function.partition(),
                function.registry().region(),
                function.registry().account()),
            new RepositoryReconciler(gateway, guardrails, retry),
            new RepositoryRemoval(gateway, retry, guardrails, time));
      }
    };
  }
}
