package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrFailure.Kind;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.plan.RemovalDecision;
import dev.ecrrepo.plan.RemovalDecision.EmptyOnDelete;
import dev.ecrrepo.properties.DeletionOptions.Flag;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.TagState;
import dev.ecrrepo.time.Time;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Ends a resource: its repository is deleted, or an adopted one is released, or, where it is not
/// this resource's, left alone.
public final class RepositoryRemoval {

  /// A Delete may be handled before the cancelled Create that it belongs to.
  private static final Duration LATE_CREATE = Duration.ofSeconds(30);

  /// No Create runs longer: CloudFormation's largest ServiceTimeout, and five minutes for clock
  /// differences.
  private static final Duration MAX_CREATE_AGE = Duration.ofMinutes(65);

  private final EcrGateway ecr;
  private final Retry retry;
  private final Guardrails guardrails;
  private final Time time;
  private final RemovalSteps steps;

  public RepositoryRemoval(EcrGateway ecr, Retry retry, Guardrails guardrails, Time time) {
    this.ecr = ecr;
    this.retry = retry;
    this.guardrails = guardrails;
    this.time = time;
    this.steps = new RemovalSteps(ecr, retry);
  }

  /// Removes the repository that the physical ID names.
  ///
  /// @return why it could not be removed; empty on success
  public Optional<String> remove(RemovalRequest request, String name, TimeLeft timeLeft) {
    return failure(() -> {
      Optional<TagState> found = steps.find(name, timeLeft);
      if (steps.endUnlessToDelete(request, name, found, timeLeft)) {
        EmptyOnDelete emptyOnDelete =
            EmptyOnDelete.of(
                request.options(),
                guardrails,
                request.self(),
                name,
                found.orElseThrow().applied(),
                other -> steps.find(other, timeLeft));
        steps.delete(request, name, emptyOnDelete, timeLeft);
      }
    });
  }

  /// Removes what a failed Create left behind. Deletes only a repository that this request created;
  /// releases one that this resource adopted within [#MAX_CREATE_AGE].
  public Optional<String> removeFailed(
      RemovalRequest request, String requestId, String name, TimeLeft timeLeft) {
    return failure(() -> {
      Optional<TagState> found = steps.find(name, timeLeft);
      if (found.filter(earlier -> wasAdoptedEarlier(request, earlier)).isPresent()) {
        RemovalSteps.logNothingDeleted(name, "it was adopted before the failed creation");
        return;
      }
      if (!steps.endUnlessToDelete(request, name, found, timeLeft)) {
        return;
      }
      if (found.orElseThrow().ownership().isCreatedBy(requestId)) {
        steps.delete(request, name, EmptyOnDelete.CREATION_NOT_COMPLETED, timeLeft);
      } else {
        RemovalSteps.logNothingDeleted(name, "another request created it");
      }
    });
  }

  /// Removes what a cancelled Create made or is about to make. CloudFormation does not know the
  /// name, so the deletion is not forced, and a repository that existed before the Create can have
  /// begun stays.
  public Optional<String> removeCancelled(RemovalRequest request, String name, TimeLeft timeLeft) {
    return failure(() -> {
      Optional<TagState> found = awaitLateCreate(request, name, timeLeft);
      if (found.filter(earlier -> wasAdoptedEarlier(request, earlier)).isPresent()) {
        RemovalSteps.logNothingDeleted(name, "it was adopted before the cancelled creation");
        return;
      }
      if (!steps.endUnlessToDelete(request, name, found, timeLeft)) {
        return;
      }
      if (!isRecent(name, timeLeft)) {
        RemovalSteps.logNothingDeleted(name, "it is older than the cancelled creation");
        return;
      }
      try {
        steps.delete(request, name, EmptyOnDelete.CREATION_NOT_COMPLETED, timeLeft);
      } catch (EcrFailure e) {
        if (e.kind() != Kind.NOT_EMPTY) {
          throw e;
        }
        RemovalSteps.logNothingDeleted(name, "it contains images");
      }
    });
  }

  private Optional<TagState> awaitLateCreate(
      RemovalRequest request, String name, TimeLeft timeLeft) {
    boolean mayBeAdopted = request.options().adoptExisting() == Flag.TRUE;
    return retry.pollUntil(
        LATE_CREATE,
        timeLeft,
        () -> steps.find(name, timeLeft),
        found ->
            found.isPresent()
                && (!mayBeAdopted || found.get().ownership().isOwnedBy(request.self())));
  }

  /// Whether this resource had adopted the repository before the failed or cancelled Create can
  /// have begun: the record has the time of the adoption or of a later update.
  private boolean wasAdoptedEarlier(RemovalRequest request, TagState found) {
    return RemovalDecision.of(request.self(), found.ownership(), request.options())
            == RemovalDecision.RELEASE
        && found
            .applied()
            .flatMap(AppliedRecord::time)
            .filter(applied -> applied.isBefore(earliestCreate()))
            .isPresent();
  }

  private boolean isRecent(String name, TimeLeft timeLeft) {
    return ecr.describe(name, timeLeft)
        .filter(found -> found.createdAt().isAfter(earliestCreate()))
        .isPresent();
  }

  private Instant earliestCreate() {
    return time.now().minus(MAX_CREATE_AGE);
  }

  private static Optional<String> failure(Runnable removal) {
    try {
      removal.run();
      return Optional.empty();
    } catch (EcrFailure e) {
      return Optional.of(e.getMessage());
    }
  }
}
