package dev.ecrrepo;

import dev.ecrrepo.cloudformation.Provider;
import dev.ecrrepo.cloudformation.Response;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.process.Tls;
import dev.ecrrepo.properties.PropertyReader;
import dev.ecrrepo.reconciliation.RepositoryReconciler;
import dev.ecrrepo.reconciliation.RepositoryRemoval;
import dev.ecrrepo.repository.Registry;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.EcrClientBuilder;

/// Creates the function's objects and connects them.
final class Wiring {

  private static final int ATTEMPTS = 8;

  private Wiring() {}

  /// Builds what lives as long as the function.
  static ProviderFactory of(Map<String, String> environment) {
    Tls.start();
    EcrClient client = client(environment);
    Schema schema = Schema.load();
    ProviderParameters parameters = ProviderParameters.of(environment, schema);
    boolean samLocal = environment.containsKey("AWS_SAM_LOCAL");
    return context -> {
      InvokedFunction function = InvokedFunction.of(context.getInvokedFunctionArn(), samLocal);
      return switch (parameters) {
        case ProviderParameters.Malformed(List<Fault> faults) -> (_, _) -> misconfigured(faults);
        case ProviderParameters.Valid(Guardrails guardrails) ->
            provider(function, guardrails, schema, client);
      };
    };
  }

  static Provider provider(
      InvokedFunction function, Guardrails guardrails, Schema schema, EcrClient client) {
    Time time = Time.system();
    Retry retry = new Retry(time);
    EcrGateway gateway = new EcrGateway(client, function.registry(), retry);
    return new EcrRepoProvider(
        function,
        guardrails.namePrefix(),
        propertyReader(function, schema),
        new RepositoryReconciler(gateway, guardrails, retry),
        new RepositoryRemoval(gateway, retry, guardrails, time));
  }

  static PropertyReader propertyReader(InvokedFunction function, Schema schema) {
    Registry registry = function.registry();
    return new PropertyReader(schema, registry.partition(), registry.region(), registry.account());
  }

  private static Response misconfigured(List<Fault> faults) {
    return new Response.Failure(
        "",
        "The provider itself is set up wrongly, so nothing was changed. Whoever deploys it must"
            + " correct its parameters. "
            + Fault.message(faults, EcrRepoProvider.MAX_FAULTS_LENGTH));
  }

  /// States everything that the SDK would otherwise search for. This saves time at a cold start,
  /// and no profile file of the machine can change what the function does. Without the SDK's
  /// circuit breaker: once ECR has throttled a hundred calls of a process, it would no longer
  /// repeat any call that fails, and a single error of ECR would fail a stack.
  static EcrClient client(Map<String, String> environment) {
    EcrClientBuilder client =
        EcrClient.builder()
            .region(Region.of(environment.getOrDefault("AWS_REGION", "us-east-1")))
            .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create(Wiring::connection))
            .overrideConfiguration(o ->
                o.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(ATTEMPTS)
                            .circuitBreakerEnabled(false)
                            .build())
                    .defaultProfileFile(ProfileFile.aggregator().build()));
    Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_ECR"))
        .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")))
        .ifPresent(url -> client.endpointOverride(URI.create(url)));
    return client.build();
  }

  private static HttpURLConnection connection(URI uri) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout((int) Duration.ofSeconds(3).toMillis());
      connection.setReadTimeout((int) Duration.ofMinutes(1).toMillis());
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
