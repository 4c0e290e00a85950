package dev.ecrrepo;

import static dev.ecrrepo.Story.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How many calls each flow makes, and how many of them one after another. Calls of one round trip
/// wait for each other in the fake, so a flow that makes them in a row does not get through.
class RepositoryCallsTest {

  private static final String NAME = "'RepositoryName': 'team/app'";
  private static final String BARE = "{'Profile': 'Native', " + NAME + "}";
  private static final String POLICY =
      "'RepositoryPolicyText': {'Version': '2012-10-17', 'Statement': [{'Sid': 'Pull', 'Effect':"
          + " 'Allow', 'Principal': {'AWS': '111111111111'}, 'Action': ['ecr:BatchGetImage']}]}";
  private static final String LIFECYCLE = "'MaxImageCount': '5'";
  private static final String TAG = "'Tags': [{'Key': 'team', 'Value': 'blue'}]";

  /// One line of the list.
  record Flow(String name, List<List<String>> rounds) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Flow> flows() {
    try {
      return Files.readAllLines(Path.of("src/test/resources/calls/flows.txt")).stream()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" \\| "))
          .map(cells ->
              new Flow(
                  cells[0],
                  Stream.of(cells[1].split(" > "))
                      .map(round -> List.of(round.split(" \\+ ")))
                      .toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("flows")
  void eachFlowMakesTheseCallsInTheseRoundTrips(Flow flow) {
    Story story = new Story().guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    Runnable run = run(story, flow.name());
    story.ecr.calls();
    Rounds rounds = new Rounds(flow.rounds());
    flow.rounds()
        .forEach(round ->
            round.forEach(
                operation -> story.ecr.before(operation, () -> rounds.arrive(operation))));
    run.run();
    assertEquals(List.of(), rounds.unexpected());
    assertEquals(
        flow.rounds().stream().flatMap(List::stream).sorted().toList(),
        story.ecr.calls().stream().sorted().toList());
  }

  /// Sets the scene, and leaves the flow itself to be run.
  private static Runnable run(Story story, String flow) {
    return switch (flow) {
      case "create, no policies" -> create(story, BARE);
      case "create, one policy" -> create(story, with(LIFECYCLE));
      case "create, both policies" -> create(story, with(LIFECYCLE, POLICY));
      case "update, nothing changed" ->
          update(story, with(LIFECYCLE, POLICY, TAG), with(LIFECYCLE, POLICY, TAG));
      case "update, tag mutability" ->
          update(story, BARE, with("'ImageTagMutability': 'IMMUTABLE'"));
      case "update, scan on push" ->
          update(story, BARE, with("'ImageScanningConfiguration': {'ScanOnPush': 'true'}"));
      case "update, lifecycle policy" -> update(story, with(LIFECYCLE), with("'MaxImageCount': 6"));
      case "update, lifecycle policy removed" -> update(story, with(LIFECYCLE), BARE);
      case "update, repository policy" -> update(story, BARE, with(POLICY));
      case "update, repository policy removed" -> update(story, with(POLICY), BARE);
      case "update, tag added" -> update(story, BARE, with(TAG));
      case "update, tag removed" -> update(story, with(TAG), BARE);
      case "update, everything at once" ->
          update(
              story,
              BARE,
              with(
                  LIFECYCLE,
                  POLICY,
                  TAG,
                  "'ImageTagMutability': 'IMMUTABLE'",
                  "'ImageScanningConfiguration': {'ScanOnPush': 'true'}"));
      case "rename, both policies" ->
          update(
              story,
              with(LIFECYCLE, POLICY),
              with(LIFECYCLE, POLICY).replace("team/app", "team/next"));
      case "adopt" -> {
        story.ecr.foreign("team/app", Map.of());
        yield create(story, "{" + NAME + ", 'AdoptExisting': 'true'}");
      }
      case "delete" -> {
        succeeded(story.create("Repo", BARE));
        yield () -> succeeded(story.delete("Repo", "team/app", BARE));
      }
      case "delete, already gone" -> () -> succeeded(story.delete("Repo", "team/app", BARE));
      default -> throw new IllegalArgumentException(flow);
    };
  }

  private static Runnable create(Story story, String properties) {
    return () -> succeeded(story.create("Repo", properties));
  }

  private static Runnable update(Story story, String old, String properties) {
    succeeded(story.create("Repo", old));
    return () -> succeeded(story.update("Repo", "team/app", old, properties));
  }

  private static String with(String... properties) {
    return BARE.replace("}", ", " + String.join(", ", properties) + "}");
  }

  /// Lets the calls of a round trip go on when all of them have arrived.
  private static final class Rounds {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final List<List<String>> rounds = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private int current;

    Rounds(List<List<String>> rounds) {
      rounds.forEach(round -> this.rounds.add(new ArrayList<>(round)));
    }

    synchronized void arrive(String operation) {
      int mine = current;
      if (mine >= rounds.size() || !rounds.get(mine).remove(operation)) {
        unexpected.add(operation + " in round trip " + (mine + 1));
        return;
      }
      if (rounds.get(mine).isEmpty()) {
        current++;
        notifyAll();
      }
      long end = System.nanoTime() + PATIENCE;
      while (current == mine) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          unexpected.add(operation + " alone in round trip " + (mine + 1));
          current++;
          notifyAll();
          return;
        }
        await(left);
      }
    }

    private void await(long nanos) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    synchronized List<String> unexpected() {
      return List.copyOf(unexpected);
    }
  }
}
