package dev.ecrrepo.cloudformation;

import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.logging.ProviderVersion;
import dev.ecrrepo.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.slf4j.MDC;

/// Handles one event at a time: runs the provider and sends one response. Throws
/// [UnansweredException] if the event cannot be answered or the response was not delivered.
public final class CustomResourceHandler {
  private static final Logger LOG = Logger.getLogger(CustomResourceHandler.class.getName());

  /// No attempt to send the response starts in the last second of the function's time.
  private static final Duration RESERVE_BEFORE_TIMEOUT = Duration.ofSeconds(1);

  /// How far ahead of this clock the time of an event may be. A later time is ignored, because it
  /// would make every later event look old.
  private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(15);

  private final ResponseHosts hosts;
  private final Predicate<String> isRepositoryName;
  private final Time time;
  private final ResponseSender sender;
  private volatile boolean stuck;

  /// @param isRepositoryName whether a physical ID is the name of a repository
  public CustomResourceHandler(ResponseHosts hosts, Predicate<String> isRepositoryName) {
    this(
        hosts,
        isRepositoryName,
        Time.system(),
        HttpPut.UrlConnectionPut.STANDARD,
        new SplittableRandom());
  }

  CustomResourceHandler(
      ResponseHosts hosts,
      Predicate<String> isRepositoryName,
      Time time,
      HttpPut put,
      RandomGenerator random) {
    this.hosts = hosts;
    this.isRepositoryName = isRepositoryName;
    this.time = time;
    this.sender = new ResponseSender(put, time, random);
  }

  /// Returns what CloudFormation has been told, be it a success or a failure.
  ///
  /// @param remaining until Lambda stops the function
  /// @param logLocation names this invocation's log: "log stream … of …"
  /// @throws UnansweredException when it has not been told
  public Response handle(byte[] bytes, Provider provider, Duration remaining, String logLocation) {
    Instant start = time.now();
    Event event = EventReader.read(bytes);
    logRequest(event);
    ResponseUrl url = ResponseUrl.parse(event.responseUrl(), hosts);
    Optional<Instant> responseDeadline = url.responseDeadline(event.serviceTimeout());
    if (responseDeadline.isPresent() && !start.isBefore(responseDeadline.get())) {
      throw new UnansweredException(
          "The event is too old: CloudFormation no longer waits for it. Nothing was changed.");
    }
    InvocationDeadline deadline =
        InvocationDeadline.of(remaining, responseDeadline, event.serviceTimeout(), time);
    Optional<Instant> sentAt =
        url.signedAt().filter(signed -> !signed.isAfter(start.plus(MAX_CLOCK_SKEW)));
    SupervisedRun run = new SupervisedRun(event, provider, deadline, time, logLocation);
    ResponseBody body = run.response(isRepositoryName, sentAt);
    stuck = run.isStuck();

    Instant lastAttemptBefore = start.plus(remaining).minus(RESERVE_BEFORE_TIMEOUT);
    ResponseSender.Delivery delivery = sender.send(url, body.bytes(), lastAttemptBefore);
    logResponse(body.response(), delivery, Duration.between(start, time.now()));
    if (!delivery.delivered()) {
      throw new UnansweredException(
          "CloudFormation could not be told: after "
              + delivery.attempts()
              + " attempts, the last one: "
              + delivery.last()
              + ".");
    }
    return body.response();
  }

  /// Whether the provider still runs after the watchdog responded in its place. It must not run
  /// beside later events, so the process has to end.
  public boolean isStuck() {
    return stuck;
  }

  /// Every later log line of this invocation has these IDs as well.
  private static void logRequest(Event event) {
    MDC.put("stackId", event.stackId());
    MDC.put("requestId", event.requestId());
    MDC.put("logicalResourceId", event.logicalResourceId());
    MDC.put("requestType", event.requestType());
    LogEntry line = LogEntry.of(LOG).with("version", ProviderVersion.NUMBER);
    if (!event.physicalId().isEmpty()) {
      line.with("physicalResourceId", event.physicalId());
    }
    line.info("received");
  }

  private static void logResponse(
      Response response, ResponseSender.Delivery delivery, Duration taken) {
    LogEntry line =
        LogEntry.of(LOG)
            .with("physicalResourceId", response.physicalId())
            .with("delivery", delivery.last())
            .with("attempts", delivery.attempts())
            .with("ms", taken.toMillis());
    switch (response) {
      case Response.Success _ -> line.with("outcome", "SUCCESS");
      case Response.Failure(String _, String reason) ->
          line.with("outcome", "FAILED").with("reason", reason);
    }
    if (delivery.delivered()) {
      line.info("answered");
    } else {
      line.warn("not delivered");
    }
  }
}
