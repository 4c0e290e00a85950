package dev.ecrrepo.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ecrrepo.simulation.CloudFormation.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The table of stories that the local CloudFormation in Python plays as well
/// (`src/test/python/cloudformation/test_told_once.py`): both must send the same events.
class ToldOnceTest {

  private static final Path TABLE = Path.of("src/test/resources/cloudformation/stories.json");
  private static final String STACK = "shop";
  private static final String MARKER = "EcrRepo::CREATE_FAILED::";
  private static final int CANCELLED_AFTER = 0;

  @TestFactory
  Stream<DynamicTest> bothEnginesSendTheSameEvents() throws IOException {
    JsonNode stories = new ObjectMapper().readTree(TABLE.toFile());
    assertTrue(stories.size() > 20);
    return stories
        .valueStream()
        .map(story -> DynamicTest.dynamicTest(story.get("story").asText(), () -> hold(story)));
  }

  private static void hold(JsonNode story) {
    CompletableFuture<Told> told = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            told.complete(play(story.get("operations")));
          } catch (Throwable e) {
            told.completeExceptionally(e);
          }
        });
    Told all = told.orTimeout(1, java.util.concurrent.TimeUnit.MINUTES).join();
    assertEquals(texts(story.get("events")), all.events());
    assertEquals(texts(story.get("statuses")), all.statuses());
  }

  private record Told(List<String> events, List<String> statuses) {}

  private static Told play(JsonNode operations) {
    World world = new World();
    List<String> statuses = new ArrayList<>();
    for (JsonNode operation : operations) {
      operation
          .path("images")
          .forEach(repository -> world.ecr.stored(repository.asText()).images = 1);
      statuses.add(operation.has("delete") ? delete(world) : deploy(world, operation));
      world.ecr.names().forEach(repository -> world.ecr.stored(repository).images = 0);
      world.clock.pass(Duration.ofSeconds(30));
    }
    List<String> events = world.cloudFormation.events.stream().map(ToldOnceTest::words).toList();
    return new Told(events, statuses);
  }

  private static String deploy(World world, JsonNode operation) {
    boolean isNew = !world.cloudFormation.stacks.containsKey(STACK);
    Map<String, String> template = new LinkedHashMap<>();
    operation
        .get("deploy")
        .propertyStream()
        .forEach(resource -> template.put(resource.getKey(), resource.getValue().toString()));
    Set<String> retained = new LinkedHashSet<>(texts(operation.path("retain")));
    Operation done =
        world.cloudFormation.deploy(
            Step.Deploy.of(STACK, template)
                .retaining(retained)
                .failing(operation.path("siblingFails").asBoolean())
                .cancelledAfter(operation.path("cancelled").asBoolean() ? CANCELLED_AFTER : -1));
    world.clock.drain();
    assertEquals(List.of(), done.failedRollbacks);
    return isNew
        ? done.rolledBack ? "ROLLBACK_COMPLETE" : "CREATE_COMPLETE"
        : done.rolledBack ? "UPDATE_ROLLBACK_COMPLETE" : "UPDATE_COMPLETE";
  }

  private static String delete(World world) {
    Operation done = world.cloudFormation.delete(new Step.DeleteStack(STACK, List.of(), 1));
    world.clock.drain();
    return done.ended ? "DELETE_COMPLETE" : "DELETE_FAILED";
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  /// One event as the table writes it.
  private static String words(Event event) {
    StringBuilder words = new StringBuilder(event.type()).append(' ').append(event.logicalId());
    if (event.physicalId() != null) {
      words.append(' ').append(physicalId(event));
    }
    if (event.old() != null) {
      Map<String, String> old = new TreeMap<>();
      event
          .old()
          .members()
          .forEach((name, value) -> old.put(name, "\"%s\": %s".formatted(name, value)));
      words.append(" from {").append(String.join(", ", old.values())).append('}');
    }
    return words.toString();
  }

  private static String physicalId(Event event) {
    String physicalId = event.physicalId();
    if (physicalId.startsWith(MARKER)) {
      return "FAILED-CREATE";
    }
    return physicalId.contains(event.logicalId()) ? "INVENTED" : physicalId;
  }
}
