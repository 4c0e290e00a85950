package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.plan.RefusalMessages;
import dev.ecrrepo.plan.RemovalDecision;
import dev.ecrrepo.plan.RemovalDecision.EmptyOnDelete;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.DeleteRepository;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.Change.UntagResource;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.StackResource;
import dev.ecrrepo.repository.TagState;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/// The steps of a Delete: read the tags, end the resource without deleting the repository, or
/// delete it.
final class RemovalSteps {

  private static final Logger LOG = Logger.getLogger(RemovalSteps.class.getName());

  /// How long a deleted repository may still be listed.
  private static final Duration DELETION_PROPAGATION = Duration.ofMinutes(5);

  private final EcrGateway ecr;
  private final Retry retry;

  RemovalSteps(EcrGateway ecr, Retry retry) {
    this.ecr = ecr;
    this.retry = retry;
  }

  Optional<TagState> find(String name, TimeLeft timeLeft) {
    return ecr.tags(name, timeLeft).map(TagState::of);
  }

  /// Everything but deleting the repository: it is not this resource's, or it is given back to the
  /// resource from which it was taken over, or released.
  ///
  /// @return whether the repository is still to be deleted
  boolean endUnlessToDelete(
      RemovalRequest request, String name, Optional<TagState> found, TimeLeft timeLeft) {
    if (found.isEmpty()) {
      logNothingDeleted(name, "there is no such repository");
      return false;
    }
    Ownership ownership = found.get().ownership();
    if (found.get().hasNewerRecordThan(request.time())) {
      if (ownership.isOwnedBy(request.self())) {
        throw new EcrFailure(EcrFailure.Kind.SUPERSEDED, RefusalMessages.olderEvent(name));
      }
      logNothingDeleted(name, "a newer event of another resource was applied to it");
      return false;
    }
    StackResource self = request.self();
    switch (RemovalDecision.of(self, ownership, request.options())) {
      case NOT_OWN -> logNothingDeleted(name, "it does not carry this resource's tags");
      case END_RENAME -> {
        // Either the stack's update has succeeded, or a rollback deletes a new resource from which
        // another new one took the repository. In the second case, the other one's own Delete gives
        // the repository back.
        StackResource owner = ownership.owner().orElseThrow();
        List<String> left = ownership.previousOwnersWithout(request.self().logicalId());
        Change change =
            left.isEmpty()
                ? untag(Ownership.PREVIOUS_OWNER)
                : new TagResource(
                    Map.of(Ownership.PREVIOUS_OWNER, Ownership.previousOwnersTag(left)));
        change(request, List.of(owner), name, change, timeLeft);
        LogEntry.of(LOG)
            .with("repository", name)
            .info("The repository belongs to " + owner.logicalId() + ", which took it over.");
      }
      case GIVE_BACK -> giveBack(request, name, found.get(), timeLeft);
      case RELEASE -> {
        change(request, List.of(self), name, new UntagResource(Ownership.KEYS), timeLeft);
        LogEntry.of(LOG).with("repository", name).info("The adopted repository was released.");
      }
      case DELETE -> {
        return true;
      }
    }
    return false;
  }

  /// The stack's update failed: the resource from which it was taken over gets it back. If this is
  /// interrupted, the tag that is left equals the owner and means nothing.
  private void giveBack(RemovalRequest request, String name, TagState found, TimeLeft timeLeft) {
    String previousId = found.ownership().previousOwner().orElseThrow();
    List<String> left = found.ownership().previousOwnersWithout(previousId);
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(Ownership.LOGICAL_ID, previousId);
    if (!left.isEmpty()) {
      tags.put(Ownership.PREVIOUS_OWNER, Ownership.previousOwnersTag(left));
    }
    found
        .applied()
        .ifPresent(record -> tags.put(AppliedRecord.TAG, record.at(request.time()).text()));
    StackResource previous = new StackResource(request.self().stackId(), previousId);
    // An earlier attempt may have taken effect without an answer, so both may be the owner.
    change(request, List.of(request.self(), previous), name, new TagResource(tags), timeLeft);
    if (left.isEmpty()) {
      change(request, List.of(previous), name, untag(Ownership.PREVIOUS_OWNER), timeLeft);
    }
    LogEntry.of(LOG)
        .with("repository", name)
        .info("The repository belongs to resource " + previousId + " again.");
  }

  void delete(RemovalRequest request, String name, EmptyOnDelete emptyOnDelete, TimeLeft timeLeft) {
    DeleteRepository change = new DeleteRepository(emptyOnDelete == EmptyOnDelete.IN_EFFECT);
    try {
      change(request, List.of(request.self()), name, change, timeLeft);
    } catch (EcrFailure e) {
      switch (e.kind()) {
        case REPOSITORY_ABSENT -> {
          return;
        }
        case NOT_EMPTY -> {
          if (emptyOnDelete == EmptyOnDelete.FORBIDDEN) {
            PlanLog.countRefusal("AllowEmptyOnDelete");
          }
          Optional<String> account =
              ecr.registry().account().filter(id -> !id.equals(request.self().account()));
          throw EcrFailure.notEmpty(name, ImagesLeftAdvice.advice(name, account, emptyOnDelete));
        }
        default -> throw e;
      }
    }
    if (retry
        .pollUntil(
            DELETION_PROPAGATION, timeLeft, () -> ecr.describe(name, timeLeft), Optional::isEmpty)
        .isPresent()) {
      throw EcrFailure.stillThere(name);
    }
  }

  private static UntagResource untag(String key) {
    return new UntagResource(List.of(key));
  }

  /// @param owners the resources that may own the repository before and after the change
  private void change(
      RemovalRequest request,
      List<StackResource> owners,
      String name,
      Change change,
      TimeLeft timeLeft) {
    Applier.requireTime(change, name, timeLeft);
    NewerEventCheck newerEventCheck = new NewerEventCheck(owners, request.time());
    ecr.apply(name, change, timeLeft, () -> newerEventCheck.check(ecr, name, timeLeft));
  }

  static void logNothingDeleted(String name, String why) {
    LogEntry.of(LOG).with("repository", name).warn("Nothing was deleted: " + why + ".");
  }
}
