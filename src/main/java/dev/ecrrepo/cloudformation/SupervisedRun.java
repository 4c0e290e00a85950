package dev.ecrrepo.cloudformation;

import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.process.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.logging.Logger;

/// Brings an event to its answer. The provider works in a thread of its own; the calling thread is
/// its watchdog and answers in its place when the time is over, so that the function ends in good
/// order even if a call never returns.
final class SupervisedRun {
  private static final Logger LOG = Logger.getLogger(SupervisedRun.class.getName());

  /// For interrupted work to notice it.
  private static final Duration TO_STOP = Duration.ofSeconds(2);

  private final Event event;
  private final Provider provider;
  private final InvocationDeadline deadline;
  private final String log;
  private final ResponseBody lastResort;

  /// @param log where this invocation's log can be read, a clause
  /// @throws UnansweredException when no answer to this event could be valid
  SupervisedRun(Event event, Provider provider, InvocationDeadline deadline, String log) {
    this.event = event;
    this.provider = provider;
    this.deadline = deadline;
    this.log = log;
    this.lastResort = ResponseBody.lastResort(event);
  }

  /// Returns when the answer is given.
  ///
  /// @param time when CloudFormation sent the event
  /// @return false if the work goes on though it was told to stop
  boolean answer(Predicate<String> isName, Optional<Instant> time) {
    switch (event.request(isName, time)) {
      case Event.RequestResult.Invalid(String reason) -> give(failure(reason));
      case Event.RequestResult.Valid(Request request) -> {
        if (deadline.left().isPositive()) {
          return watch(request);
        }
        give(failure("There was no time to begin: nothing was changed. " + deadline.limit()));
      }
    }
    return true;
  }

  private boolean watch(Request request) {
    try {
      CompletableFuture<Void> stopped = new CompletableFuture<>();
      Future<?> worker =
          Threads.start(
              Executors.callable(() -> {
                work(request);
                stopped.complete(null);
              }));
      if (!deadline.time().await(deadline.answer().future(), deadline.untilWatchdog())) {
        give(
            failure(
                "The time ran out before the work was finished. If a call to AWS was under way, it"
                    + " may still take effect. The next operation of the stack continues from"
                    + " whatever it finds. "
                    + deadline.limit()));
        worker.cancel(true);
        return deadline.time().await(stopped, TO_STOP);
      }
    } catch (InterruptedException _) {
      give(failure("The function was stopped before the work was done."));
    } catch (OutOfMemoryError _) {
      deadline.answer().give(lastResort); // no thread could be made
    }
    return true;
  }

  /// Catches everything: an error that ends this thread would leave CloudFormation waiting.
  private void work(Request request) {
    try {
      give(sound(provider.handle(request, deadline.timeLeft())));
    } catch (OutOfMemoryError _) {
      deadline.answer().give(lastResort);
    } catch (Throwable e) {
      unexpected(e);
    }
  }

  private void unexpected(Throwable e) {
    try {
      if (!deadline.answer().isGiven()) {
        LogEntry.of(LOG).error("the provider met an unexpected fault", e);
      }
      give(
          failure(
              "The provider met an unexpected fault and stopped; whoever runs it finds the cause in"
                  + " "
                  + log
                  + ". Try the stack operation again; it goes on from whatever it finds."));
    } catch (Throwable _) {
      deadline.answer().give(lastResort);
    }
  }

  /// Holds the provider to the protocol: an Update that fails, and any Delete, keep the physical
  /// ID, since CloudFormation would take another one for a replacement and delete it.
  private Response sound(Response response) {
    boolean create = event.requestType().equals("Create");
    boolean delete = event.requestType().equals("Delete");
    return switch (response) {
      // CloudFormation takes no failure without a reason.
      case Response.Failure(String _, String reason) when reason.isBlank() ->
          throw new IllegalStateException("the provider failed without a reason");
      case Response.Success(String id, var data) ->
          delete ? new Response.Success(event.failureId(), data) : response;
      case Response.Failure(String id, String reason) ->
          create && !id.isBlank() ? response : new Response.Failure(event.failureId(), reason);
    };
  }

  private Response.Failure failure(String reason) {
    return new Response.Failure(event.failureId(), reason);
  }

  private void give(Response response) {
    deadline.answer().give(ResponseBody.of(event, response, log));
  }
}
