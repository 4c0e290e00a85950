package dev.ecrrepo.fuzz;

import dev.ecrrepo.ProviderInSimulation;
import dev.ecrrepo.cloudformation.SimulatedDelivery;
import dev.ecrrepo.cloudformation.UnansweredException;
import dev.ecrrepo.ecr.FakeEcr;
import dev.ecrrepo.process.OwnThreads;
import dev.ecrrepo.simulation.Inline;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/// Events of one resource, through the real provider, from bytes to answer.
final class Requests {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  private static final String FUNCTION =
      "arn:aws:lambda:eu-west-1:123456789012:function:custom-ecrrepo";
  private static final int LONGEST_ANSWER = 4096;

  private final FakeEcr ecr = new FakeEcr(CLOCK, "123456789012");
  private final Map<String, String> environment;

  Requests(Map<String, String> environment) {
    this.environment = environment;
  }

  Optional<String> create(String properties) {
    return send(event("Create", "\"ResourceProperties\":" + properties));
  }

  Optional<String> update(String old, String properties) {
    return send(
        event(
            "Update",
            "\"PhysicalResourceId\":\"team/app\",\"ResourceProperties\":"
                + properties
                + ",\"OldResourceProperties\":"
                + old));
  }

  Optional<String> delete(String properties, String physicalId) {
    return send(
        event(
            "Delete",
            "\"PhysicalResourceId\":\"" + physicalId + "\",\"ResourceProperties\":" + properties));
  }

  private static byte[] event(String type, String more) {
    return """
    {"RequestType":"%s","RequestId":"r","LogicalResourceId":"Repo",\
    "StackId":"arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1",\
    "ResponseURL":"https://b.s3.eu-west-1.amazonaws.com/x?X-Amz-Signature=s",%s}\
    """
        .formatted(type, more)
        .getBytes(StandardCharsets.UTF_8);
  }

  /// The answer that was sent; empty where the event is refused without one.
  Optional<String> send(byte[] event) {
    ExecutorService before = OwnThreads.replaceExecutor(new Inline());
    Answer answer = new Answer();
    try {
      SimulatedDelivery.run(
          event,
          ProviderInSimulation.of(FUNCTION, environment, ecr, _ -> {}, CLOCK),
          Duration.ofMinutes(15),
          answer,
          new Random(1));
    } catch (UnansweredException _) {
      return Optional.empty();
    } finally {
      OwnThreads.replaceExecutor(before);
    }
    return Optional.of(answer.text);
  }

  /// An answer or a refusal, and no other end.
  static void answered(Optional<String> answer) {
    answer.ifPresent(text -> {
      if (text.contains("\"Reason\":\"The provider met an unexpected fault")
          || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_ANSWER) {
        throw new AssertionError(text);
      }
    });
  }

  static void succeeded(Optional<String> answer, boolean mustSucceed) {
    answered(answer);
    if (mustSucceed && !answer.orElse("").contains("\"Status\":\"SUCCESS\"")) {
      throw new AssertionError("must succeed: " + answer);
    }
  }

  /// The receiver, which takes what comes; work is done at once, so nothing is waited for.
  private static final class Answer implements SimulatedDelivery.Surroundings {
    private String text = "";

    @Override
    public Instant now() {
      return CLOCK.instant();
    }

    @Override
    public void sleep(Duration duration) {}

    @Override
    public boolean await(CompletableFuture<?> future, Duration atMost) {
      return future.isDone();
    }

    @Override
    public int put(byte[] body) {
      text = new String(body, StandardCharsets.UTF_8);
      return 200;
    }
  }
}
