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
import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.Ownership;
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
  /// @return the repository's tags if it is still to be deleted; empty if nothing is left to do
  Optional<TagState> endUnlessToDelete(
      RemovalRequest request, String name, Optional<TagState> found, TimeLeft timeLeft) {
    if (found.isEmpty()) {
      leave(name, "there is no such repository");
      return Optional.empty();
    }
    Ownership ownership = found.get().ownership();
    if (found.get().hasNewerRecordThan(request.time())) {
      if (ownership.isOwnedBy(request.self())) {
        throw new EcrFailure(EcrFailure.Kind.SUPERSEDED, RefusalMessages.olderEvent(name));
      }
      leave(name, "a newer event of another resource was applied to it");
      return Optional.empty();
    }
    Owner self = request.self();
    switch (RemovalDecision.of(self, ownership, request.options())) {
      case NOT_OWN -> leave(name, "it does not carry this resource's tags");
      case END_RENAME -> {
        // The stack's update has succeeded, or a rollback ends a resource from which another new
        // one took the repository.
        Owner owner = ownership.owner().orElseThrow();
        List<String> left = ownership.previousOwnersWithout(request.self().logicalId());
        Change change =
            left.isEmpty()
                ? untag(Ownership.PREVIOUS_OWNER)
                : new TagResource(
                    Map.of(Ownership.PREVIOUS_OWNER, Ownership.previousOwnersTag(left)));
        change(request, List.of(owner), name, change, timeLeft);
        LogEntry.of(LOG)
            .with("repository", name)
            .info("The rename is complete: the repository belongs to " + owner.logicalId() + ".");
      }
      case GIVE_BACK -> giveBack(request, name, found.get(), timeLeft);
      case RELEASE -> {
        change(request, List.of(self), name, new UntagResource(Ownership.KEYS), timeLeft);
        LogEntry.of(LOG).with("repository", name).info("The adopted repository was released.");
      }
      case DELETE -> {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The stack's update failed: the resource from which it was taken over gets it back. If this is
  /// interrupted, the tag that is left equals the owner and means nothing.
  private void giveBack(RemovalRequest request, String name, TagState found, TimeLeft timeLeft) {
    String previous = found.ownership().previousOwner().orElseThrow();
    List<String> left = found.ownership().previousOwnersWithout(previous);
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(Ownership.LOGICAL_ID, previous);
    if (!left.isEmpty()) {
      tags.put(Ownership.PREVIOUS_OWNER, Ownership.previousOwnersTag(left));
    }
    found
        .applied()
        .ifPresent(record -> tags.put(AppliedRecord.TAG, record.at(request.time()).text()));
    Owner owner = new Owner(request.self().stackId(), previous);
    // An earlier attempt may have taken effect without an answer, so both may be the owner.
    change(request, List.of(request.self(), owner), name, new TagResource(tags), timeLeft);
    if (left.isEmpty()) {
      change(request, List.of(owner), name, untag(Ownership.PREVIOUS_OWNER), timeLeft);
    }
    LogEntry.of(LOG)
        .with("repository", name)
        .info("The repository belongs to resource " + previous + " again.");
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
            RepositoryReconciler.countRefusal("AllowEmptyOnDelete");
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
      RemovalRequest request, List<Owner> owners, String name, Change change, TimeLeft timeLeft) {
    Applier.requireTime(change, name, timeLeft);
    NewerEventCheck newerEventCheck = new NewerEventCheck(owners, request.time());
    ecr.apply(name, change, timeLeft, () -> newerEventCheck.check(ecr, name, timeLeft));
  }

  static void leave(String name, String why) {
    LogEntry.of(LOG).with("repository", name).warn("Nothing was deleted: " + why + ".");
  }
}
