package dev.ecrrepo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ecrrepo.cloudformation.PhysicalId;
import dev.ecrrepo.cloudformation.Provider;
import dev.ecrrepo.cloudformation.Request;
import dev.ecrrepo.cloudformation.Response;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.FakeEcr;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.identifier.StackId;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.properties.PropertyReader;
import dev.ecrrepo.reconciliation.RepositoryReconciler;
import dev.ecrrepo.reconciliation.RepositoryRemoval;
import dev.ecrrepo.repository.RepositoryName;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.TimeLeft;
import dev.ecrrepo.time.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Requests of one stack as CloudFormation sends them, against ECR in memory, with a clock that
/// only waiting moves. Properties are JSON with single quotes.
final class Story {

  static final String ACCOUNT = "123456789012";
  static final String STACK =
      "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/11111111-1111-1111-1111-111111111111";
  static final String SAME_NAME =
      "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/22222222-2222-2222-2222-222222222222";
  static final String OTHER_STACK =
      "arn:aws:cloudformation:eu-west-1:123456789012:stack/bank/33333333-3333-3333-3333-333333333333";
  static final String OTHER_ACCOUNT =
      "arn:aws:cloudformation:eu-west-1:999999999999:stack/guest/44444444-4444-4444-4444-444444444444";

  private static final Schema SCHEMA = Schema.load();
  private static final InvokedFunction FUNCTION = function("");

  private static InvokedFunction function(String qualifier) {
    return InvokedFunction.of(
        "arn:aws:lambda:eu-west-1:" + ACCOUNT + ":function:custom-ecrrepo" + qualifier, false);
  }

  final StoppedClock time = new StoppedClock();
  private InvokedFunction function = FUNCTION;
  final FakeEcr ecr = new FakeEcr(time, ACCOUNT);
  private Map<String, String> environment = Map.of();
  private Duration limit = Duration.ofMinutes(14);
  private String stack = STACK;
  private int requests;
  private boolean timed = true;
  private Runnable whileWaiting = () -> {};
  private final Map<String, Instant> sent = new HashMap<>();

  /// A clock that stands still but for waiting.
  static final class StoppedClock extends Clock {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    synchronized void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /// As whoever deploys the provider would set it, from now on.
  Story guardrails(Map<String, String> environment) {
    this.environment = environment;
    return this;
  }

  Story stack(String stackId) {
    stack = stackId;
    return this;
  }

  /// The function is invoked by its alias for this account.
  Story alias(String account) {
    function = function(":account-" + account);
    return this;
  }

  /// Events no longer tell when they were sent.
  Story untimed() {
    timed = false;
    return this;
  }

  /// Done once, during the next wait.
  void whileWaiting(Runnable act) {
    whileWaiting = act;
  }

  private void sleep(Duration duration) {
    Runnable act = whileWaiting;
    whileWaiting = () -> {};
    act.run();
    time.pass(duration);
  }

  Story limit(Duration limit) {
    this.limit = limit;
    return this;
  }

  Response create(String logicalId, String properties) {
    return create(logicalId, nextRequest(), properties);
  }

  Response create(String logicalId, String requestId, String properties) {
    return handle(new Request.Create(context(logicalId, requestId), json(properties)));
  }

  Response update(String logicalId, String physicalId, String old, String properties) {
    return update(logicalId, nextRequest(), physicalId, old, properties);
  }

  Response update(
      String logicalId, String requestId, String physicalId, String old, String properties) {
    return handle(
        new Request.Update(
            context(logicalId, requestId), id(physicalId), json(properties), json(old)));
  }

  Response delete(String logicalId, String physicalId, String properties) {
    return delete(logicalId, nextRequest(), physicalId, properties);
  }

  Response delete(String logicalId, String requestId, String physicalId, String properties) {
    return handle(
        new Request.Delete(context(logicalId, requestId), id(physicalId), json(properties)));
  }

  /// Each request is sent a second after the one before.
  String nextRequest() {
    time.pass(Duration.ofSeconds(1));
    String requestId = "request-" + ++requests;
    sent(requestId);
    return requestId;
  }

  /// A request of this ID was sent at the time when it was first asked for; a repetition carries
  /// the same.
  private Instant sent(String requestId) {
    return sent.computeIfAbsent(requestId, _ -> time.instant());
  }

  private Request.Context context(String logicalId, String requestId) {
    return new Request.Context(
        requestId,
        StackId.parse(stack).orElseThrow(),
        logicalId,
        timed ? Optional.of(sent(requestId)) : Optional.empty());
  }

  private static PhysicalId id(String text) {
    return PhysicalId.parse(text, RepositoryName::isValid);
  }

  private Response handle(Request request) {
    return provider().handle(request, timeLeft(_ -> true));
  }

  private TimeLeft timeLeft(UnaryOperator<Boolean> mayChange) {
    Instant end = time.instant().plus(limit);
    Supplier<Duration> left = () -> Duration.between(time.instant(), end);
    return new TimeLeft(left, () -> mayChange.apply(true) && left.get().isPositive());
  }

  private Provider provider() {
    Guardrails guardrails =
        assertInstanceOf(ProviderParameters.Valid.class, ProviderParameters.of(environment, SCHEMA))
            .guardrails();
    Time passing = Times.of(time, this::sleep);
    Retry retry = new Retry(passing);
    EcrGateway gateway = new EcrGateway(ecr, FUNCTION.registry(), retry);
    return new EcrRepoProvider(
        function,
        guardrails.namePrefix(),
        new PropertyReader(SCHEMA, "aws", "eu-west-1", FUNCTION.registry().account()),
        new RepositoryReconciler(gateway, guardrails, retry),
        new RepositoryRemoval(gateway, retry, guardrails, passing));
  }

  static JsonObject json(String singleQuoted) {
    try {
      return (JsonObject) Json.parse(singleQuoted.replace('\'', '"'));
    } catch (JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static Response.Success succeeded(Response response) {
    return assertInstanceOf(Response.Success.class, response, response.toString());
  }

  static void succeededAs(String physicalId, Response response) {
    assertEquals(physicalId, succeeded(response).physicalId());
  }

  /// @return the reason
  static String failed(Response response) {
    return assertInstanceOf(Response.Failure.class, response, response.toString()).reason();
  }
}
