package dev.ecrrepo.simulation;

import dev.ecrrepo.process.OwnThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Threads that run one at a time, and a clock that moves only while all of them wait. Whose turn
/// it is, is drawn from a seed: the same seed gives the same order.
final class Clockwork extends Clock {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /// One thread of the simulated world.
  final class Fiber {
    private final Semaphore turn = new Semaphore(0);
    private Instant wakes = Instant.MIN;
    private BooleanSupplier condition;
    private boolean interrupted;
    private boolean ended;

    /// What this fiber works for, for whoever is asked about the current one.
    Object context;

    private boolean mayRun() {
      return interrupted || !wakes.isAfter(now) || (condition != null && condition.getAsBoolean());
    }
  }

  private Instant now = START;
  private SplittableRandom random = new SplittableRandom(0);
  private final List<Fiber> fibers = new ArrayList<>();
  private Fiber current;
  private boolean spread;

  /// The calling thread becomes the first fiber.
  Clockwork() {
    current = new Fiber();
    fibers.add(current);
    OwnThreads.replaceExecutor(new Tasks());
  }

  /// @param seed of the turns from now on
  /// @param spread whether concurrent tasks of one invocation take turns, too; else each runs to
  ///   its end at once
  void seed(long seed, boolean spread) {
    random = new SplittableRandom(seed);
    this.spread = spread;
  }

  Fiber current() {
    return current;
  }

  Fiber spawn(Object context, Runnable body) {
    Fiber fiber = new Fiber();
    fiber.context = context;
    fibers.add(fiber);
    Thread.ofVirtual()
        .start(() -> {
          fiber.turn.acquireUninterruptibly();
          OwnThreads.replaceExecutor(new Tasks());
          try {
            body.run();
          } finally {
            fiber.ended = true;
            fibers.remove(fiber);
            next().turn.release();
          }
        });
    return fiber;
  }

  /// Lets others run.
  void turn() {
    pause(now, null);
  }

  void sleep(Duration time) throws InterruptedException {
    pause(now.plus(time), null);
    requireNotInterrupted();
  }

  /// @return whether the condition came true in time
  boolean await(BooleanSupplier condition, Duration atMost) {
    if (condition.getAsBoolean()) {
      return true;
    }
    pause(now.plus(atMost), condition);
    return condition.getAsBoolean();
  }

  private void requireNotInterrupted() throws InterruptedException {
    if (current.interrupted) {
      current.interrupted = false;
      throw new InterruptedException();
    }
  }

  private void pause(Instant wakes, BooleanSupplier condition) {
    Fiber self = current;
    self.wakes = wakes;
    self.condition = condition;
    Fiber next = next();
    if (next != self) {
      next.turn.release();
      self.turn.acquireUninterruptibly();
    }
    self.condition = null;
  }

  /// Whose turn it is now; the clock moves on if everybody waits.
  private Fiber next() {
    List<Fiber> ready = fibers.stream().filter(Fiber::mayRun).toList();
    if (ready.isEmpty()) {
      now = fibers.stream().map(fiber -> fiber.wakes).min(Instant::compareTo).orElseThrow();
      ready = fibers.stream().filter(Fiber::mayRun).toList();
    }
    current = ready.size() == 1 ? ready.getFirst() : ready.get(random.nextInt(ready.size()));
    return current;
  }

  /// Lets all others come to their end.
  void drain() {
    while (fibers.size() > 1) {
      pause(now.plus(Duration.ofDays(1)), () -> fibers.size() == 1);
    }
  }

  /// Moves the clock on, everybody else's work included.
  void pass(Duration time) {
    pause(now.plus(time), null);
  }

  @Override
  public Instant instant() {
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

  /// What the provider starts beside itself.
  private final class Tasks extends AbstractExecutorService {
    @Override
    public <T> Future<T> submit(Callable<T> task) {
      Task<T> result = new Task<>();
      Fiber starter = current;
      if (spread || starter.context instanceof Lambda.Invocation) {
        // An invocation's own thread only watches its worker.
        Object context =
            starter.context instanceof Lambda.Invocation(Lambda.Delivery delivery)
                ? delivery
                : starter.context;
        result.fiber = spawn(context, () -> result.run(task));
      } else {
        result.run(task);
      }
      return result;
    }

    @Override
    public void execute(Runnable task) {
      var _ =
          submit(() -> {
            task.run();
            return null;
          });
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return false;
    }
  }

  /// A result that is waited for by taking turns.
  private final class Task<T> implements Future<T> {
    private Fiber fiber;
    private T value;
    private Throwable thrown;
    private boolean done;

    private void run(Callable<T> task) {
      try {
        value = task.call();
      } catch (Throwable e) {
        thrown = e;
      }
      done = true;
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
      await(() -> done, Duration.ofDays(1));
      if (!done) {
        requireNotInterrupted();
        throw new IllegalStateException("a task of the provider never ended");
      }
      if (thrown != null) {
        throw new ExecutionException(thrown);
      }
      return value;
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException {
      return get();
    }

    @Override
    public boolean cancel(boolean interrupt) {
      if (done) {
        return false;
      }
      if (interrupt && fiber != null) {
        fiber.interrupted = true;
      }
      return true;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isDone() {
      return done;
    }
  }
}
