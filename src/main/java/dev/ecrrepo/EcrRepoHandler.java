package dev.ecrrepo;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.ecrrepo.cloudformation.CustomResourceHandler;
import dev.ecrrepo.cloudformation.Response;
import dev.ecrrepo.cloudformation.ResponseHosts;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.logging.LoggingSetup;
import dev.ecrrepo.logging.Metrics;
import dev.ecrrepo.repository.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Logger;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/// Lambda's entry: `dev.ecrrepo.EcrRepoHandler::handleRequest`. Builds the parts once, answers each
/// event, and throws if and only if CloudFormation could not be told; then Lambda runs the event
/// again.
public final class EcrRepoHandler implements RequestStreamHandler {

  private static final Logger LOG = Logger.getLogger(EcrRepoHandler.class.getName());

  private final ProviderFactory providers;
  private final CustomResourceHandler customResources;
  private final Runnable endProcess;

  /// Used by Lambda.
  public EcrRepoHandler() {
    this(System.getenv(), Wiring::of, RepositoryName::isValid, () -> Runtime.getRuntime().halt(1));
  }

  /// Never throws: Lambda would end the process before any event could be answered. If the wiring
  /// fails, the answer to every event says so.
  ///
  /// @param wiring from the environment to the factory of providers
  /// @param isRepositoryName whether a physical ID is the name of a repository
  /// @param endProcess called before an event if the work of an earlier one does not stop
  EcrRepoHandler(
      Map<String, String> environment,
      Function<Map<String, String>, ProviderFactory> wiring,
      Predicate<String> isRepositoryName,
      Runnable endProcess) {
    this.endProcess = endProcess;
    // This must come first, because the JDK reads it once. Failed DNS look-ups are not cached, so
    // that each attempt to respond looks the host up again.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    LoggingSetup.install();
    providers = createProviders(environment, wiring);
    customResources =
        new CustomResourceHandler(
            ResponseHosts.of(environment.getOrDefault(ResponseHosts.VARIABLE, "")),
            isRepositoryName);
  }

  private static ProviderFactory createProviders(
      Map<String, String> environment, Function<Map<String, String>, ProviderFactory> wiring) {
    try {
      return wiring.apply(environment);
    } catch (Throwable e) {
      LogEntry.of(LOG).error("the provider could not start", e);
      return context ->
          (_, _) ->
              new Response.Failure(
                  "",
                  "The provider could not start, so nothing was changed; whoever runs it finds the"
                      + " cause in "
                      + logLocation(context)
                      + ".");
    }
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    if (customResources.isStuck()) {
      LogEntry.of(LOG)
          .warn(
              "Earlier work did not stop, so this process ends. Lambda sends this event again to"
                  + " another one.");
      endProcess.run();
    }
    byte[] event = input.readAllBytes();
    PowertoolsLogging.withLogging(context, () -> run(event, context));
  }

  private boolean run(byte[] event, Context context) {
    Metrics metrics = new Metrics(context.getFunctionName());
    try {
      Response response =
          customResources.handle(
              event,
              (request, timeLeft) -> providers.forInvocation(context).handle(request, timeLeft),
              Duration.ofMillis(context.getRemainingTimeInMillis()),
              logLocation(context));
      boolean succeeded = response instanceof Response.Success;
      metrics
          .count("ResponseDelivered", 1)
          .count("RequestSucceeded", succeeded ? 1 : 0)
          .count("RequestFailed", succeeded ? 0 : 1);
      return true;
    } catch (Throwable e) {
      metrics.count("ResponseDelivered", 0);
      throw e;
    } finally {
      metrics.print(Instant.now());
    }
  }

  private static String logLocation(Context context) {
    return "log stream " + context.getLogStreamName() + " of " + context.getLogGroupName();
  }
}
