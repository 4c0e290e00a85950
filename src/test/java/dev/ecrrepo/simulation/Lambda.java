package dev.ecrrepo.simulation;

import dev.ecrrepo.ProviderInSimulation;
import dev.ecrrepo.cloudformation.SimulatedDelivery;
import dev.ecrrepo.cloudformation.UnansweredException;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.ecr.FakeEcr;
import dev.ecrrepo.simulation.Trouble.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/// Delivers events to the real provider, at least once, and lets it die.
final class Lambda implements FakeEcr.Surroundings {

  private static final Duration TIMEOUT = Duration.ofMinutes(15);
  private static final Duration CALL = Duration.ofMillis(40);
  private static final int ATTEMPTS = 3;

  /// Marks the thread of an invocation that only watches.
  record Invocation(Delivery delivery) {}

  /// An event and what came of it.
  static final class Sent {
    final Event event;
    final List<Trouble> troubles;
    final List<Delivery> deliveries = new ArrayList<>();

    /// The first answer that CloudFormation got.
    JsonObject answer;

    Sent(Event event, List<Trouble> troubles) {
      this.event = event;
      this.troubles = troubles;
    }

    boolean excused() {
      return troubles.stream().anyMatch(trouble -> trouble.kind().excusesFailure());
    }
  }

  /// One attempt of Lambda's at an event.
  static final class Delivery {
    final Sent sent;
    final boolean again;
    final List<FakeEcr.Call> writes = new ArrayList<>();
    private final List<Trouble> troubles;
    private boolean dead;
    private int calls;
    private int answers;
    private int principals;
    private String throttled = "";
    private int throttles;

    /// What its reads were shown of the tags, and whether it made or took what it writes to.
    final Ownerships ownerships = new Ownerships();

    /// When it began; later changes reach only later deliveries.
    Settings settings = new Settings(Map.of());

    private Delivery(Sent sent, List<Trouble> troubles, boolean again) {
      this.sent = sent;
      this.troubles = troubles;
      this.again = again;
    }

    private boolean has(Kind kind) {
      return troubles.stream().anyMatch(trouble -> trouble.kind() == kind);
    }

    int calls() {
      return calls;
    }
  }

  /// The process is gone.
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super("the process ended", null, false, false);
    }
  }

  private final World world;

  Lambda(World world) {
    this.world = world;
  }

  /// Starts the delivery; whoever wants the answer waits for [Sent#answer].
  Sent send(Event event, List<Trouble> troubles) {
    Sent sent = new Sent(event, troubles);
    deliver(sent, troubles, false);
    if (troubles.stream().anyMatch(trouble -> trouble.kind() == Kind.TWICE_AT_ONCE)) {
      deliver(sent, List.of(), false);
    }
    return sent;
  }

  /// The same event once more, as Lambda may.
  void again(Sent sent) {
    deliver(sent, List.of(), true);
  }

  private void deliver(Sent sent, List<Trouble> troubles, boolean again) {
    Delivery first = new Delivery(sent, troubles, again);
    world.clock.spawn(new Invocation(first), () -> attempts(first));
  }

  private void attempts(Delivery first) {
    Delivery delivery = first;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      world.clock.current().context = new Invocation(delivery);
      if (attempt(delivery)) {
        break;
      }
      world.clock.pass(Duration.ofMinutes(attempt));
      delivery = new Delivery(first.sent, List.of(), first.again);
    }
    if (first.has(Kind.TWICE)) {
      world.clock.pass(Duration.ofMinutes(1));
      Delivery twice = new Delivery(first.sent, List.of(), true);
      world.clock.current().context = new Invocation(twice);
      attempt(twice);
    }
  }

  /// @return whether Lambda is done with it
  private boolean attempt(Delivery delivery) {
    delivery.sent.deliveries.add(delivery);
    delivery.settings = world.settings();
    boolean threw = false;
    try {
      SimulatedDelivery.run(
          delivery.sent.event.bytes(),
          ProviderInSimulation.of(
              World.FUNCTION, delivery.settings.variables(), world.ecr, this::sleep, world.clock),
          TIMEOUT,
          new Surroundings(delivery),
          new SplittableRandom(7));
    } catch (UnansweredException e) {
      threw = true;
      if (e.toString().contains(Event.SECRET)) { // Lambda prints it
        world.violation(Invariant.NO_SECRET, e.toString());
      }
    } catch (Death _) {
      return false;
    } catch (RuntimeException | Error e) {
      world.violation(Invariant.ONE_ANSWER, "the handler threw " + e);
      return true;
    }
    if (delivery.dead) {
      return false;
    }
    if (threw == (delivery.answers > 0) && !delivery.has(Kind.ANSWER_RESET)) {
      world.violation(
          Invariant.ONE_ANSWER,
          "threw " + threw + " with " + delivery.answers + " answers to " + delivery.sent.event);
    }
    return !threw;
  }

  private void sleep(Duration time) throws InterruptedException {
    if (world.clock.current().context instanceof Delivery delivery && delivery.dead) {
      return;
    }
    world.clock.sleep(time);
  }

  @Override
  public <T> T around(FakeEcr.Call call, Supplier<T> effect) {
    return world.clock.current().context instanceof Delivery delivery
        ? of(delivery, call, effect)
        : effect.get();
  }

  private <T> T of(Delivery delivery, FakeEcr.Call call, Supplier<T> effect) {
    requireAlive(delivery);
    int number = delivery.calls++;
    world.calls++;
    Kind kind =
        delivery.troubles.stream()
            .filter(trouble -> trouble.kind().isOfCall() && trouble.call() == number)
            .map(Trouble::kind)
            .findFirst()
            .orElse(null);
    world.clock.pass(CALL);
    requireAlive(delivery);
    refuse(delivery, call);
    Supplier<T> real = () -> world.rules.performed(delivery, call, effect);
    if (kind == null) {
      return real.get();
    }
    world.struck++;
    return switch (kind) {
      case SERVER_ERROR ->
          throw FakeEcr.exception("ServerException", "An internal failure occurred.", 500);
      case RESET_AFTER -> {
        var _ = real.get();
        if (call.operation().equals("CreateRepository")) {
          world.cloudFormation.madeLate(delivery.sent.event.stackId(), call.repository());
        }
        throw SdkClientException.create("Unable to execute HTTP request: connection reset");
      }
      case RETRIED -> {
        var _ = real.get();
        world.clock.pass(CALL);
        requireAlive(delivery);
        yield real.get();
      }
      case DENIED -> {
        // The record is not written, or what is read again before it is written is refused.
        if (List.of("TagResource", "ListTagsForResource").contains(call.operation())
            && world.ecr.stored(call.repository()) != null) {
          world.ecr.stored(call.repository()).writers.put(Rules.UNDATED, true);
        }
        throw FakeEcr.exception(
            "AccessDeniedException",
            "User: arn:aws:sts::123456789012:assumed-role/x/y is not authorized to perform: ecr:"
                + call.operation().replace("(force)", ""),
            400);
      }
      case THROTTLED -> throw throttled(delivery, call, 5);
      case THROTTLED_AFTER -> {
        var _ = real.get();
        throw throttled(delivery, call, Integer.MAX_VALUE);
      }
      case ABSENT -> {
        if (delivery.writes.stream().noneMatch(w -> w.operation().equals("CreateRepository"))) {
          yield real.get(); // only what is new is seen late
        }
        throw FakeEcr.exception(
            "RepositoryNotFoundException", "The repository does not exist", 400);
      }
      case PRINCIPAL, PRINCIPAL_NEVER -> {
        delivery.principals = kind == Kind.PRINCIPAL ? 6 : 1000;
        refuse(delivery, call);
        yield real.get();
      }
      case LOST -> {
        world.clock.pass(Duration.ofMinutes(2));
        requireAlive(delivery);
        throw ApiCallTimeoutException.create(120_000);
      }
      case LATE -> {
        world.clock.spawn("late", () -> late(delivery, call, effect));
        world.clock.pass(Duration.ofMinutes(2));
        requireAlive(delivery);
        throw ApiCallTimeoutException.create(120_000);
      }
      case HANG -> {
        world.clock.pass(TIMEOUT.plusMinutes(5));
        world.late(call);
        requireAlive(delivery);
        yield real.get();
      }
      case DIE_BEFORE -> throw dead(delivery);
      case DIE_AFTER -> {
        var _ = real.get();
        throw dead(delivery);
      }
      default -> throw new IllegalStateException(kind.name());
    };
  }

  private <T> void late(Delivery delivery, FakeEcr.Call call, Supplier<T> effect) {
    world.clock.pass(Duration.ofSeconds(125));
    world.late(call);
    try {
      world.rules.performed(delivery, call, effect);
    } catch (RuntimeException _) {
      // Nobody waits for it.
    }
  }

  /// What ECR refuses for a while, whatever the call's number.
  private void refuse(Delivery delivery, FakeEcr.Call call) {
    if (call.operation().equals(delivery.throttled) && delivery.throttles > 0) {
      throw throttled(delivery, call, delivery.throttles - 1);
    }
    if (delivery.principals > 0 && call.operation().equals("SetRepositoryPolicy")) {
      delivery.principals--;
      throw FakeEcr.exception(
          "InvalidParameterException",
          "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository"
              + " policy provided'",
          400);
    }
    if (world.taggingDenied() && call.operation().equals("TagResource")) {
      if (world.ecr.stored(call.repository()) != null) {
        world.ecr.stored(call.repository()).writers.put(Rules.UNDATED, true);
      }
      throw FakeEcr.exception(
          "AccessDeniedException", "is not authorized to perform: ecr:TagResource", 400);
    }
  }

  /// @param more how many further calls of this operation are throttled
  private static RuntimeException throttled(Delivery delivery, FakeEcr.Call call, int more) {
    delivery.throttled = call.operation();
    delivery.throttles = more;
    return FakeEcr.exception("ThrottlingException", "Rate exceeded", 400);
  }

  private static void requireAlive(Delivery delivery) {
    if (delivery.dead) {
      throw new Death();
    }
  }

  private static Death dead(Delivery delivery) {
    delivery.dead = true;
    return new Death();
  }

  /// Clock and receiver of one invocation.
  private final class Surroundings implements SimulatedDelivery.Surroundings {
    private final Delivery delivery;

    Surroundings(Delivery delivery) {
      this.delivery = delivery;
    }

    @Override
    public Instant now() {
      return world.clock.instant();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      if (!delivery.dead) {
        world.clock.sleep(duration);
      }
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration atMost) {
      return (world.clock.await(() -> future.isDone() || delivery.dead, atMost) && !delivery.dead)
          || future.isDone();
    }

    @Override
    public int put(byte[] body) throws IOException {
      requireAlive(delivery);
      if (delivery.has(Kind.DIE_UNANSWERED)) {
        world.struck++;
        throw dead(delivery);
      }
      if (delivery.has(Kind.ANSWER_REFUSED)) {
        world.struck++;
        return 500;
      }
      world.clock.pass(CALL);
      delivery.answers++;
      JsonObject answer = world.rules.answered(delivery, body);
      if (delivery.sent.answer == null) {
        delivery.sent.answer = answer;
      } else if (!answer.get("Status").equals(delivery.sent.answer.get("Status"))) {
        // CloudFormation took another delivery's answer: nobody was told of this one (2.11).
        world.cloudFormation.untold.add(delivery.sent.event.requestId());
      }
      if (delivery.has(Kind.ANSWER_RESET) && delivery.answers == 1) {
        world.struck++;
        throw new IOException("reset");
      }
      if (delivery.has(Kind.DIE_ANSWERED)) {
        world.struck++;
        throw dead(delivery);
      }
      return 200;
    }
  }
}
