package dev.ecrrepo;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.identifier.StackId;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.logging.LoggingSetup;
import dev.ecrrepo.logging.Metrics;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.properties.PropertyReader;
import dev.ecrrepo.report.DriftReport;
import dev.ecrrepo.report.PlanReport;
import dev.ecrrepo.report.RateLimiter;
import dev.ecrrepo.report.ReportGateway;
import dev.ecrrepo.report.ResourceChange;
import dev.ecrrepo.repository.StackResource;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.TimeLeft;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/// The entry of the second function, `dev.ecrrepo.ReportHandler::handleRequest`: reports that
/// change nothing. Its request is `{"Report": "Plan", …}` with the members of CloudFormation's
/// events, or `{"Report": "Drift"}`; its response is the report. docs/reports.md describes both.
public final class ReportHandler implements RequestStreamHandler {

  private static final Logger LOG = Logger.getLogger(ReportHandler.class.getName());

  private static final int REPOSITORIES_PER_SECOND = 5;

  /// How much of the time is reserved for the response.
  private static final Duration RESPONSE_RESERVE = Duration.ofSeconds(3);

  private final Map<String, String> environment;
  private final ReportWiring wiring;
  private final Schema schema;

  /// Used by Lambda.
  public ReportHandler() {
    this(System.getenv(), new ReportWiring(Wiring.client(System.getenv()), Time.system()));
  }

  ReportHandler(Map<String, String> environment, ReportWiring wiring) {
    LoggingSetup.install();
    this.environment = environment;
    this.wiring = wiring;
    this.schema = Schema.load();
  }

  /// @throws IllegalArgumentException with a sentence for whoever sent the request
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String request = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    JsonObject report =
        PowertoolsLogging.withLogging(context, () -> report(parse(request), context));
    output.write(report.toString().getBytes(StandardCharsets.UTF_8));
  }

  private JsonObject report(JsonObject request, Context context) {
    InvokedFunction function =
        InvokedFunction.of(
            context.getInvokedFunctionArn(), environment.containsKey("AWS_SAM_LOCAL"));
    Guardrails guardrails = guardrails();
    EcrGateway ecr = wiring.ecrGateway(function);
    ReportGateway reports = wiring.reportGateway();
    TimeLeft timeLeft = timeLeft(context);
    return switch (request.string("Report").orElse("")) {
      case "Plan" -> {
        PropertyReader reader = Wiring.propertyReader(function, schema);
        yield new PlanReport(ecr, reports, reader, guardrails, wiring.time())
            .of(resourceChange(request, function), timeLeft);
      }
      case "Drift" -> drift(ecr, reports, timeLeft, context);
      default ->
          throw new IllegalArgumentException(
              "Write \"Report\": \"Plan\" or \"Drift\". This function only reports; a ServiceToken"
                  + " names the provider's function.");
    };
  }

  private JsonObject drift(
      EcrGateway ecr, ReportGateway reports, TimeLeft timeLeft, Context context) {
    RateLimiter rateLimiter =
        new RateLimiter(REPOSITORIES_PER_SECOND, System::nanoTime, wiring.time());
    DriftReport.Findings findings = new DriftReport(ecr, reports, rateLimiter).run(timeLeft);
    new Metrics(context.getFunctionName())
        .count("DriftedRepositories", findings.drifted().size())
        .print(wiring.time().now());
    return findings.document();
  }

  private static ResourceChange resourceChange(JsonObject request, InvokedFunction function) {
    StackId stack =
        StackId.parse(request.string("StackId").orElse(""))
            .orElseThrow(() -> new IllegalArgumentException("StackId must be the ARN of a stack."));
    function
        .refusal(stack)
        .ifPresent(reason -> {
          throw new IllegalArgumentException(reason);
        });
    String logicalId =
        request
            .string("LogicalResourceId")
            .orElseThrow(() -> new IllegalArgumentException("LogicalResourceId is missing."));
    return new ResourceChange(
        new StackResource(stack.text(), logicalId),
        request.string("PhysicalResourceId"),
        object(request, "ResourceProperties"),
        object(request, "OldResourceProperties").orElse(JsonObject.EMPTY));
  }

  private static Optional<JsonObject> object(JsonObject request, String member) {
    return request
        .get(member)
        .map(value -> {
          if (value instanceof JsonObject object) {
            return object;
          }
          throw new IllegalArgumentException(member + " must be an object.");
        });
  }

  private Guardrails guardrails() {
    return switch (ProviderParameters.of(environment, schema)) {
      case ProviderParameters.Valid(Guardrails guardrails) -> guardrails;
      case ProviderParameters.Malformed(List<Fault> faults) ->
          throw new IllegalArgumentException(
              "The function is set up wrongly. "
                  + Fault.message(faults, EcrRepoProvider.MAX_FAULTS_LENGTH));
    };
  }

  private static JsonObject parse(String request) {
    try {
      if (Json.parse(request) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      LogEntry.of(LOG).with("problem", e.getMessage()).warn("The request is not JSON.");
    }
    throw new IllegalArgumentException("The request must be a JSON object.");
  }

  private TimeLeft timeLeft(Context context) {
    Time time = wiring.time();
    Instant end = time.now().plusMillis(context.getRemainingTimeInMillis()).minus(RESPONSE_RESERVE);
    return new TimeLeft(() -> Duration.between(time.now(), end), () -> true);
  }
}
