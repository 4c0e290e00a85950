package dev.ecrrepo.simulation;

import dev.ecrrepo.ProviderInSimulation;
import dev.ecrrepo.cloudformation.SimulatedDelivery;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.ecr.FakeEcr;
import dev.ecrrepo.process.OwnThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/// What the provider does in a world of its own, where nothing happens: the measure for the others.
final class Fresh {

  private static final Clock STILL =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  private static final String STACK = "arn:aws:cloudformation:eu-west-1:123456789012:stack/fresh/0";
  private static final Map<String, Optional<FakeEcr.Stored>> MADE = new ConcurrentHashMap<>();

  private Fresh() {}

  /// The repository that a Create with these properties makes; empty where it is refused.
  static Optional<FakeEcr.Stored> repository(
      JsonObject properties, Map<String, String> environment) {
    return MADE.computeIfAbsent(
        environment + " " + properties,
        _ -> {
          Map<String, Json> members = new LinkedHashMap<>(properties.members());
          members.remove("AdoptExisting");
          FakeEcr ecr = new FakeEcr(STILL, World.ACCOUNT);
          Event event =
              new Event(
                  "Create",
                  "fresh",
                  STACK,
                  "Repo",
                  null,
                  new JsonObject(members),
                  null,
                  STILL.instant(),
                  true);
          JsonObject answer = answer(event, ecr, environment, STILL);
          return answer.string("Status").filter("SUCCESS"::equals).isPresent()
              ? Optional.of(ecr.stored(ecr.names().getFirst()))
              : Optional.empty();
        });
  }

  /// The answer to one event, at once.
  static JsonObject answer(Event event, FakeEcr ecr, Map<String, String> environment, Clock clock) {
    ExecutorService before = OwnThreads.replaceExecutor(new Inline());
    try {
      return exchange(event, ecr, environment, clock);
    } finally {
      OwnThreads.replaceExecutor(before);
    }
  }

  private static JsonObject exchange(
      Event event, FakeEcr ecr, Map<String, String> environment, Clock clock) {
    JsonObject[] answer = new JsonObject[1];
    SimulatedDelivery.run(
        event.bytes(),
        ProviderInSimulation.of(World.FUNCTION, environment, ecr, _ -> {}, clock),
        Duration.ofMinutes(15),
        new SimulatedDelivery.Surroundings() {
          @Override
          public Instant now() {
            return clock.instant();
          }

          @Override
          public void sleep(Duration duration) {}

          @Override
          public boolean await(CompletableFuture<?> future, Duration atMost) {
            future.join();
            return true;
          }

          @Override
          public int put(byte[] body) {
            answer[0] =
                (JsonObject)
                    Meaning.parsed(new String(body, java.nio.charset.StandardCharsets.UTF_8));
            return 200;
          }
        },
        new SplittableRandom(7));
    return answer[0];
  }
}
