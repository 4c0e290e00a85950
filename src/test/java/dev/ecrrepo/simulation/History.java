package dev.ecrrepo.simulation;

import dev.ecrrepo.simulation.CloudFormation.Operation;
import dev.ecrrepo.simulation.World.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Plays steps in a new world, and checks after each.
final class History {

  /// @param violations empty if all is well; else those of the first step that had any
  /// @param steps that were played
  /// @param deliveries of events
  /// @param struck troubles that befell
  /// @param calls of each event of the last deploy or delete, in order
  record Outcome(
      List<Violation> violations,
      int steps,
      int deliveries,
      int struck,
      List<Integer> calls,
      List<String> log) {}

  private final World world = new World();
  private final Checks checks = new Checks(world);
  private final People people = new People(world);
  private int steps;
  private List<Integer> calls = List.of();
  private final List<String> log = new ArrayList<>();

  private History() {}

  /// In a thread of its own, whose turns a new clockwork gives.
  static Outcome play(List<Step> steps) {
    Outcome[] outcome = new Outcome[1];
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                outcome[0] = new History().run(steps);
              } catch (Throwable e) {
                thrown[0] = e;
              }
            });
    try {
      if (!thread.join(Duration.ofMinutes(1))) {
        throw new IllegalStateException("the history never ended: " + steps);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (thrown[0] != null) {
      throw new IllegalStateException("while playing " + steps, thrown[0]);
    }
    return outcome[0];
  }

  private Outcome run(List<Step> all) {
    world.ecr.lag(Duration.ofSeconds(1));
    for (Step step : all) {
      steps++;
      step(step);
      if (!world.violations.isEmpty()) {
        break;
      }
    }
    return new Outcome(world.violations, steps, world.deliveries, world.struck, calls, log);
  }

  private void step(Step step) {
    switch (step) {
      case Step.Deploy deploy -> {
        world.clock.seed(deploy.seed(), spread(deploy.seed(), deploy.troubles()));
        operation(deploy.stack(), () -> world.cloudFormation.deploy(deploy));
      }
      case Step.DeleteStack delete -> {
        world.clock.seed(delete.seed(), spread(delete.seed(), delete.troubles()));
        operation(delete.stack(), () -> world.cloudFormation.delete(delete));
      }
      case Step.Repeat(int back) -> {
        List<Event> events = world.cloudFormation.events;
        if (back < events.size()) {
          repeat(events.get(events.size() - 1 - back));
        }
      }
      case Step.Act act -> people.act(act);
      case Step.Operate(String variable, String value) -> world.operate(variable, value);
    }
    world.clock.pass(Duration.ofSeconds(30));
  }

  /// Calls at the same time are played one after the other, but where one of them may wait.
  private static boolean spread(long seed, List<Trouble> troubles) {
    return seed % 8 == 0 || troubles.stream().anyMatch(trouble -> trouble.kind().waits());
  }

  private void operation(String name, java.util.function.Supplier<Operation> play) {
    Stack stack = world.cloudFormation.stacks.get(name);
    Map<String, Stack.Resource> resources =
        stack == null ? Map.of() : new LinkedHashMap<>(stack.resources);
    Map<String, Checks.Look> before = checks.looks();
    Operation operation = play.get();
    world.clock.drain();
    world.deliveries += operation.sent.stream().mapToInt(sent -> sent.deliveries.size()).sum();
    calls =
        operation.sent.stream()
            .map(sent -> sent.deliveries.isEmpty() ? 0 : sent.deliveries.getFirst().calls())
            .toList();
    operation.sent.forEach(sent ->
        log.add(
            sent.event
                + " => "
                + (sent.answer == null
                    ? "no answer"
                    : sent.answer.string("Status").orElse("")
                        + " "
                        + sent.answer.string("PhysicalResourceId").orElse("")
                        + " "
                        + sent.answer.string("Reason").orElse(""))
                + " "
                + sent.deliveries.stream()
                    .map(d -> d.writes.stream().map(c -> c.operation()).toList())
                    .toList()));
    checks.after(operation, before, resources);
  }

  /// An old event again; what CloudFormation knows does not change by it.
  private void repeat(Event event) {
    Map<String, Checks.Look> before = checks.looks();
    Lambda.Sent sent = new Lambda.Sent(event, List.of());
    world.lambda.again(sent);
    world.clock.drain();
    checks.afterRepetition(event, before);
    world.deliveries += sent.deliveries.size();
    log.add("again " + event + " => " + sent.answer);
  }
}
