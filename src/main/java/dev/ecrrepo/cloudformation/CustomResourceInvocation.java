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

/// One event in, exactly one response out, whatever happens between.
public final class CustomResourceInvocation {
  private static final Logger LOG = Logger.getLogger(CustomResourceInvocation.class.getName());

  private static final Duration LAST_SECOND = Duration.ofSeconds(1);

  /// How far ahead of this clock an event's time may be. More is not believed: it would make every
  /// later event look old.
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);

  private final ResponseHosts hosts;
  private final Predicate<String> isRepositoryName;
  private final Time time;
  private final ResponseSender sender;
  private volatile boolean stuck;

  /// @param isRepositoryName tells physical IDs that the provider gave from others
  public CustomResourceInvocation(ResponseHosts hosts, Predicate<String> isRepositoryName) {
    this(hosts, isRepositoryName, Time.system(), HttpPut.Http.STANDARD, new SplittableRandom());
  }

  CustomResourceInvocation(
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

  /// @param remaining until Lambda kills the function
  /// @param log where this invocation's log can be read, a clause: "log stream …"
  public record Invocation(Duration remaining, String log) {}

  /// Returns what CloudFormation has been told, be it a success or a failure.
  ///
  /// @throws UnansweredException when it has not
  public Response run(byte[] bytes, Provider provider, Invocation invocation) {
    Instant start = time.now();
    Event event = EventReader.read(bytes);
    received(event);
    ResponseUrl url = ResponseUrl.parse(event.responseUrl(), hosts);
    Optional<Instant> goodUntil = url.goodUntil(event.serviceTimeout());
    if (goodUntil.isPresent() && !start.isBefore(goodUntil.get())) {
      throw new UnansweredException(
          "The event is too old: CloudFormation no longer waits for it. Nothing was changed.");
    }
    FirstResponse answer = new FirstResponse();
    InvocationDeadline deadline =
        InvocationDeadline.of(
            invocation.remaining(), goodUntil, event.serviceTimeout(), time, answer);
    Optional<Instant> sentAt =
        url.signed().filter(signed -> !signed.isAfter(start.plus(CLOCKS_DIFFER)));
    stuck =
        !new SupervisedRun(event, provider, deadline, invocation.log())
            .run(isRepositoryName, sentAt);

    Instant end = start.plus(invocation.remaining()).minus(LAST_SECOND);
    ResponseBody body = answer.get();
    ResponseSender.Delivery delivery = sender.send(url, body.bytes(), end);
    answered(body.response(), delivery, Duration.between(start, time.now()));
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

  /// Whether work that was answered for by the watchdog did not stop. It must not go on beside
  /// later events: the process has to end.
  public boolean isStuck() {
    return stuck;
  }

  /// From here on every line of this invocation says whose it is.
  private static void received(Event event) {
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

  private static void answered(
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
