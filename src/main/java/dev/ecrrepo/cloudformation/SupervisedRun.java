package dev.ecrrepo.cloudformation;

import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.process.Threads;
import dev.ecrrepo.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.logging.Logger;

/// Runs the provider in a thread of its own. If it has not responded by the deadline, the calling
/// thread responds with FAILED in its place, even if a call never returns.
final class SupervisedRun {
  private static final Logger LOG = Logger.getLogger(SupervisedRun.class.getName());

  /// How long the cancelled provider has to stop.
  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(2);

  private final Event event;
  private final Provider provider;
  private final InvocationDeadline deadline;
  private final Time time;
  private final String logLocation;
  private final ResponseBody outOfMemoryResponse;
  private final FirstResponse firstResponse = new FirstResponse();
  private boolean stuck;

  /// @param logLocation names this invocation's log, such as "log stream … of …"
  /// @throws UnansweredException when no answer to this event could be valid
  SupervisedRun(
      Event event, Provider provider, InvocationDeadline deadline, Time time, String logLocation) {
    this.event = event;
    this.provider = provider;
    this.deadline = deadline;
    this.time = time;
    this.logLocation = logLocation;
    this.outOfMemoryResponse = ResponseBody.lastResort(event);
  }

  /// Waits for the response.
  ///
  /// @param isRepositoryName whether a physical ID is the name of a repository
  /// @param sentAt when CloudFormation sent the event
  ResponseBody response(Predicate<String> isRepositoryName, Optional<Instant> sentAt) {
    switch (event.request(isRepositoryName, sentAt)) {
      case Event.RequestResult.Invalid(String reason) -> respond(failure(reason));
      case Event.RequestResult.Valid(Request request) -> {
        if (deadline.left().isPositive()) {
          watch(request);
        } else {
          respond(
              failure(
                  "There was no time to begin: nothing was changed. " + deadline.limitAdvice()));
        }
      }
    }
    return firstResponse.get();
  }

  /// Whether the provider did not stop after it was cancelled.
  boolean isStuck() {
    return stuck;
  }

  private void watch(Request request) {
    // After cancel, worker.get() fails at once; only this tells when the thread has ended.
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    Future<?> worker;
    try {
      worker =
          Threads.start(
              Executors.callable(() -> {
                work(request);
                stopped.complete(null);
              }));
    } catch (OutOfMemoryError _) {
      firstResponse.give(outOfMemoryResponse); // No thread could be started.
      return;
    }
    try {
      if (!time.await(firstResponse.future(), deadline.untilWatchdog())) {
        respond(
            failure(
                "The time ran out before the work was finished. If a call to AWS was under way, it"
                    + " may still take effect. The next operation of the stack continues from"
                    + " whatever it finds. "
                    + deadline.limitAdvice()));
        worker.cancel(true);
        stuck = !time.await(stopped, CANCEL_TIMEOUT);
      }
    } catch (InterruptedException _) {
      respond(failure("The function was stopped before the work was done."));
      worker.cancel(true);
      // The worker is not awaited. The interrupt flag of this thread stays cleared, so that it can
      // send
      // the response.
      stuck = !stopped.isDone();
    }
  }

  /// Catches everything: an error that ends this thread would be reported only at the deadline, as
  /// a lack of time.
  private void work(Request request) {
    try {
      respond(withPhysicalId(provider.handle(request, deadline.timeLeft(firstResponse::isGiven))));
    } catch (OutOfMemoryError _) {
      firstResponse.give(outOfMemoryResponse);
    } catch (Throwable e) {
      unexpected(e);
    }
  }

  private void unexpected(Throwable e) {
    try {
      if (!firstResponse.isGiven()) {
        LogEntry.of(LOG).error("the provider met an unexpected fault", e);
      }
      respond(
          failure(
              "The provider met an unexpected fault and stopped; whoever runs it finds the cause in"
                  + " "
                  + logLocation
                  + ". Try the stack operation again; it continues from whatever it finds."));
    } catch (Throwable _) {
      firstResponse.give(outOfMemoryResponse);
    }
  }

  /// Keeps the physical ID of the event in the response to a failed Update and to any Delete.
  /// CloudFormation treats another ID as a replacement, and would then delete the old resource.
  private Response withPhysicalId(Response response) {
    return switch (response) {
      // CloudFormation takes no failure without a reason.
      case Response.Failure(String _, String reason) when reason.isBlank() ->
          throw new IllegalStateException("the provider failed without a reason");
      case Response.Success(String _, var data) when event.isDelete() ->
          new Response.Success(event.physicalIdToReport(), data);
      case Response.Success success -> success;
      case Response.Failure(String id, String reason) ->
          new Response.Failure(event.physicalIdToReport(id), reason);
    };
  }

  private Response.Failure failure(String reason) {
    return new Response.Failure(event.physicalIdToReport(), reason);
  }

  private void respond(Response response) {
    firstResponse.give(ResponseBody.of(event, response, logLocation));
  }
}
