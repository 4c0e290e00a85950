package dev.ecrrepo.simulation;

import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.simulation.Lambda.Sent;
import dev.ecrrepo.simulation.Stack.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Stacks and the events of their resources, as CloudFormation sends them.
final class CloudFormation {

  private static final Duration BETWEEN = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int CLEAN_UP_ATTEMPTS = 3;

  private final World world;
  final Map<String, Stack> stacks = new LinkedHashMap<>();
  final List<Event> events = new ArrayList<>();
  private final Map<String, Integer> incarnations = new HashMap<>();
  private int requests;

  /// Of the step that is being played.
  private List<Trouble> troubles = List.of();

  private boolean dated = true;
  private int sentInStep;
  private Operation operation = new Operation(null);

  /// One step's work on a stack, for the checks that follow it.
  static final class Operation {
    final Stack stack;
    final List<Sent> sent = new ArrayList<>();

    /// Logical IDs whose last event of this step succeeded, with whether it was a rollback.
    final Map<String, Boolean> settled = new LinkedHashMap<>();

    /// Rollback events that failed.
    final List<Sent> failedRollbacks = new ArrayList<>();

    boolean rolledBack;

    /// An update moved a resource back to a repository that another one has meanwhile. Nothing
    /// tells this from a rollback, so the rollback of the other one may fail.
    boolean movedBack;

    boolean ended;
    boolean excused;

    Operation(Stack stack) {
      this.stack = stack;
    }
  }

  CloudFormation(World world) {
    this.world = world;
  }

  boolean isAlive(String stackId) {
    return stacks.values().stream().anyMatch(stack -> stack.id.equals(stackId));
  }

  /// A late Create makes a repository again that its stack no longer knows.
  void madeLate(String stackId, String repository) {
    stacks.values().stream()
        .filter(stack -> stack.id.equals(stackId))
        .forEach(stack -> keep(stack, repository));
    madeLate.add(repository);
  }

  /// Updates whose answers nobody heard: a repository under another name stays.
  final java.util.Set<String> untold = new java.util.HashSet<>();

  final java.util.Set<String> madeLate = new java.util.HashSet<>();

  /// Whether a Delete of its resource was sent since.
  boolean isEnded(Event event) {
    return events.stream()
        .anyMatch(later ->
            later.type().equals("Delete")
                && later.time().isAfter(event.time())
                && later.stackId().equals(event.stackId())
                && later.logicalId().equals(event.logicalId()));
  }

  /// The step being played has an effect that nobody could prevent.
  void excuse() {
    operation.excused = true;
    if (operation.stack != null) {
      operation.stack.excused = true;
    }
  }

  /// The resource of this event took a repository back from another one.
  void tookBack(Event event) {
    boolean now =
        operation.sent.stream().anyMatch(sent -> sent.event.requestId().equals(event.requestId()));
    if (now && !operation.rolledBack) {
      operation.movedBack = true;
    }
  }

  private void begin(Stack stack, List<Trouble> troubles, boolean dated) {
    this.troubles = troubles;
    this.dated = dated;
    sentInStep = 0;
    operation = new Operation(stack);
    if (!dated) {
      excuse();
    }
  }

  /// @return empty if the step makes no sense now
  Operation deploy(Step.Deploy step) {
    Stack stack = stacks.get(step.stack());
    Map<String, Resource> wanted = new LinkedHashMap<>();
    step.template()
        .forEach((id, text) ->
            wanted.put(id, new Resource(id, null, json(text), step.retained().contains(id))));
    if (stack == null) {
      int number = incarnations.merge(step.stack(), 1, Integer::sum);
      stack =
          new Stack(
              step.stack(),
              "arn:aws:cloudformation:eu-west-1:%s:stack/%s/%08d-1111-1111-1111-111111111111"
                  .formatted(World.ACCOUNT, step.stack(), number));
      stacks.put(step.stack(), stack);
      begin(stack, step.troubles(), step.dated());
      create(stack, wanted, step);
    } else if (!stack.onlyDelete) {
      begin(stack, step.troubles(), step.dated());
      update(stack, wanted, step);
    } else {
      begin(null, List.of(), true);
    }
    return operation;
  }

  private static JsonObject json(String singleQuoted) {
    return (JsonObject) Meaning.parsed(singleQuoted.replace('\'', '"'));
  }

  /// @param problem empty for success
  private record Verdict(String problem, String physicalId) {}

  /// Sends the events of one phase and waits for their answers.
  @SuppressWarnings("ReferenceEquality") // this very event, not one like it
  private Map<String, Verdict> phase(Stack stack, List<Event> events, Step.Deploy step) {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    List<Sent> open = new ArrayList<>();
    for (Event event : events) {
      boolean cancelled = step.cancelAfter() >= 0 && event == events.getLast();
      Sent sent = send(event, !step.atOnce() || open.isEmpty());
      boolean answered =
          cancelled
              && world.clock.await(
                  () -> sent.answer != null, Duration.ofSeconds(step.cancelAfter()));
      if (cancelled && !answered) {
        untold.add(event.requestId());
        verdicts.put(
            event.logicalId(),
            new Verdict(
                "cancelled",
                event.physicalId() == null ? invented(stack, event) : event.physicalId()));
      } else if (step.atOnce()) {
        open.add(sent);
      } else {
        verdicts.put(event.logicalId(), verdict(stack, sent));
        if (!verdicts.get(event.logicalId()).problem().isEmpty()) {
          return verdicts;
        }
      }
    }
    open.forEach(sent -> verdicts.put(sent.event.logicalId(), verdict(stack, sent)));
    return verdicts;
  }

  private static String invented(Stack stack, Event event) {
    return stack.name + "-" + event.logicalId() + "-1ABCDEFGHIJKL";
  }

  private Sent send(Event event, boolean pause) {
    if (pause) {
      world.clock.pass(BETWEEN);
    }
    Event now =
        new Event(
            event.type(),
            event.requestId(),
            event.stackId(),
            event.logicalId(),
            event.physicalId(),
            event.properties(),
            event.old(),
            world.clock.instant(),
            dated);
    int number = sentInStep++;
    events.add(now);
    Sent sent = world.lambda.send(now, troubles.stream().filter(t -> t.event() == number).toList());
    operation.sent.add(sent);
    return sent;
  }

  private Verdict verdict(Stack stack, Sent sent) {
    world.clock.await(() -> sent.answer != null, LONGEST_WAIT);
    if (sent.answer == null) {
      untold.add(sent.event.requestId());
      excuse();
      return new Verdict(
          "no response",
          sent.event.physicalId() == null ? invented(stack, sent.event) : sent.event.physicalId());
    }
    boolean success = sent.answer.string("Status").filter("SUCCESS"::equals).isPresent();
    String reason = sent.answer.string("Reason").orElse("");
    if (reason.contains("The time ran out before the work was finished.")
        || reason.contains(", which remains: ")
        || reason.contains("This update created the repository")
        || reason.contains("This update may have created the repository")
        || reason.contains("This update may have taken over the repository")) {
      untold.add(sent.event.requestId()); // it says itself that something may be left
    }
    return new Verdict(
        success ? "" : sent.answer.string("Reason").orElse("?"),
        sent.answer.string("PhysicalResourceId").orElse(""));
  }

  private String request() {
    return "request-" + ++requests;
  }

  private Event create(Stack stack, Resource resource) {
    return new Event(
        "Create",
        request(),
        stack.id,
        resource.logicalId(),
        null,
        resource.properties(),
        null,
        null,
        true);
  }

  private Event update(Stack stack, String physicalId, Resource from, Resource to) {
    return new Event(
        "Update",
        request(),
        stack.id,
        to.logicalId(),
        physicalId,
        to.properties(),
        from.properties(),
        null,
        true);
  }

  /// @return the problem, empty where it is gone
  private String delete(Stack stack, Resource resource, int attempts) {
    Event event =
        new Event(
            "Delete",
            request(),
            stack.id,
            resource.logicalId(),
            resource.physicalId(),
            resource.properties(),
            null,
            null,
            true);
    String problem = "";
    for (int attempt = 0; attempt < attempts; attempt++) {
      problem = verdict(stack, send(event, true)).problem();
      if (problem.isEmpty()) {
        return "";
      }
      world.clock.pass(Duration.ofSeconds(30));
    }
    return problem;
  }

  /// Deletes it or, where that fails, forgets it.
  private void cleanUp(Stack stack, Resource resource) {
    if (!delete(stack, resource, CLEAN_UP_ATTEMPTS).isEmpty()) {
      keep(stack, resource.physicalId());
    }
  }

  private void keep(Stack stack, String repository) {
    stack.kept.add(repository);
    if (world.ecr.stored(repository) == null) {
      stack.excused = true; // cancelled: nobody knows what it made
    }
    if (world.ecr.stored(repository) != null) {
      Rules.left(world.ecr.stored(repository));
    }
  }

  /// Whether CloudFormation has gone on since it sent this event.
  boolean isOvertaken(Event event) {
    return events.stream()
        .anyMatch(later ->
            later.time().isAfter(event.time())
                && later.stackId().equals(event.stackId())
                && later.logicalId().equals(event.logicalId()));
  }

  private void create(Stack stack, Map<String, Resource> wanted, Step.Deploy step) {
    List<Event> events = wanted.values().stream().map(r -> create(stack, r)).toList();
    Map<String, Verdict> verdicts = phase(stack, events, step);
    verdicts.forEach((id, verdict) -> {
      Resource resource = wanted.get(id);
      stack.resources.put(
          id, new Resource(id, verdict.physicalId(), resource.properties(), resource.retained()));
      if (verdict.problem().isEmpty()) {
        operation.settled.put(id, false);
      }
    });
    boolean failed =
        step.siblingFails() || verdicts.values().stream().anyMatch(v -> !v.problem().isEmpty());
    if (failed) {
      operation.rolledBack = true;
      operation.settled.clear();
      tearDown(stack, CLEAN_UP_ATTEMPTS);
    }
  }

  /// @return whether all is gone
  private boolean tearDown(Stack stack, int attempts) {
    for (Resource resource : List.copyOf(stack.resources.values()).reversed()) {
      if (resource.retained()) {
        keep(stack, resource.physicalId());
        // If its Create was given up but goes on, what that takes over is retained as well.
        resource.properties().string("RepositoryName").ifPresent(stack.kept::add);
        stack.resources.remove(resource.logicalId());
      } else if (delete(stack, resource, attempts).isEmpty()) {
        stack.resources.remove(resource.logicalId());
      }
    }
    stack.onlyDelete = true;
    if (stack.resources.isEmpty()) {
      stacks.remove(stack.name);
      operation.ended = true;
    }
    return stack.resources.isEmpty();
  }

  Operation delete(Step.DeleteStack step) {
    Stack stack = stacks.get(step.stack());
    begin(stack, step.troubles(), true);
    if (stack != null) {
      tearDown(stack, 1);
    }
    return operation;
  }

  private void update(Stack stack, Map<String, Resource> wanted, Step.Deploy step) {
    Map<String, Resource> before = new LinkedHashMap<>(stack.resources);
    List<Event> events = new ArrayList<>();
    for (Resource resource : wanted.values()) {
      Resource old = before.get(resource.logicalId());
      if (old == null) {
        events.add(create(stack, resource));
      } else if (!old.properties().equals(resource.properties())) {
        events.add(update(stack, old.physicalId(), old, resource));
      }
    }
    Map<String, Verdict> verdicts = phase(stack, events, step);
    boolean failed =
        step.siblingFails() || verdicts.values().stream().anyMatch(v -> !v.problem().isEmpty());
    if (failed) {
      operation.rolledBack = true;
      step.beforeRollback().ifPresent(change -> world.operate(change.variable(), change.value()));
      rollBack(stack, before, wanted, verdicts);
      return;
    }
    List<Resource> doomed = new ArrayList<>();
    verdicts.forEach((id, verdict) -> {
      Resource old = before.get(id);
      if (old != null && !old.physicalId().equals(verdict.physicalId())) {
        doomed.add(new Resource(id, old.physicalId(), old.properties(), wanted.get(id).retained()));
      }
      stack.resources.put(
          id,
          new Resource(
              id, verdict.physicalId(), wanted.get(id).properties(), wanted.get(id).retained()));
      operation.settled.put(id, false);
    });
    before.forEach((id, resource) -> {
      if (!wanted.containsKey(id)) {
        doomed.add(resource);
        stack.resources.remove(id);
      } else if (!verdicts.containsKey(id)) {
        stack.resources.put(
            id,
            new Resource(
                id, resource.physicalId(), resource.properties(), wanted.get(id).retained()));
      }
    });
    for (Resource resource : doomed) {
      if (resource.retained()) {
        keep(stack, resource.physicalId());
      } else {
        cleanUp(stack, resource);
      }
    }
  }

  private void rollBack(
      Stack stack,
      Map<String, Resource> before,
      Map<String, Resource> wanted,
      Map<String, Verdict> verdicts) {
    List<Resource> doomed = new ArrayList<>();
    for (String id : List.copyOf(verdicts.keySet()).reversed()) {
      Resource old = before.get(id);
      String current = verdicts.get(id).physicalId();
      if (old == null) {
        Resource made = wanted.get(id);
        if (made.retained() && verdicts.get(id).problem().isEmpty()) {
          keep(stack, current);
        } else {
          doomed.add(new Resource(id, current, made.properties(), false));
        }
        continue;
      }
      Verdict back = backTo(stack, old, wanted.get(id), current);
      if (back.problem().isEmpty() && !back.physicalId().equals(current)) {
        doomed.add(new Resource(id, current, wanted.get(id).properties(), false));
      }
      stack.resources.put(
          id,
          new Resource(
              id,
              back.problem().isEmpty() ? back.physicalId() : old.physicalId(),
              old.properties(),
              old.retained()));
    }
    doomed.forEach(resource -> cleanUp(stack, resource));
  }

  /// The rollback of one resource; where it fails, it is continued once, then the resource is
  /// passed over.
  private Verdict backTo(Stack stack, Resource old, Resource from, String physicalId) {
    Event event = update(stack, physicalId, from, old);
    Sent sent = send(event, true);
    Verdict verdict = verdict(stack, sent);
    if (!verdict.problem().isEmpty()) {
      operation.failedRollbacks.add(sent);
      world.clock.pass(Duration.ofHours(1));
      verdict = verdict(stack, send(update(stack, physicalId, from, old), true));
    }
    if (verdict.problem().isEmpty()) {
      operation.settled.put(old.logicalId(), true);
    } else {
      stack.excused = true;
    }
    return verdict;
  }
}
