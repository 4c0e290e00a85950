package dev.ecrrepo.plan;

import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.plan.Plan.Refuse;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.Change.UntagResource;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Ownership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The plan for an existing repository that this resource owns, or that another resource of the
/// stack took over from it. In the second case, the first step takes it back.
final class UpdatePlan {

  private final ReconcileRequest request;
  private final DesiredRepository desired;
  private final ObservedRepository repository;
  private final Differences differences;
  private final boolean endsAdoption;
  private final PolicyDecision lifecycle;
  private final PolicyDecision policy;
  private final Map<String, String> wantedTags;
  private final List<String> unstatedTags;
  private final Set<String> requiredTags;

  /// @param tagsWithDefaults the template's tags and the provider's default tags
  /// @param requiredTags keys that an update does not remove
  UpdatePlan(
      ReconcileRequest request,
      ObservedRepository repository,
      Map<String, String> tagsWithDefaults,
      Set<String> requiredTags) {
    this.request = request;
    this.desired = request.desired();
    this.repository = repository;
    boolean adopted = repository.ownership().adopted();
    boolean statedOnly = adopted && desired.adoptExisting();
    endsAdoption =
        adopted && !statedOnly && (request.previous().adoptExisting() || returnsToRecorded());
    differences = Differences.of(request, repository, statedOnly);
    lifecycle = differences.policies().lifecycle();
    policy = differences.policies().repositoryPolicy();
    wantedTags =
        statedOnly || endsAdoption || replacesWithExisting() ? desired.tags() : tagsWithDefaults;
    unstatedTags = unstatedTags(request, repository, wantedTags);
    this.requiredTags = requiredTags;
  }

  Plan plan() {
    if (EncryptionDifference.exists(request, repository)) {
      return RefusalMessages.encryption(desired.encryption().value(), repository);
    }
    Optional<String> endAdoption = endAdoptionRefusal();
    List<String> refusals =
        Stream.of(endAdoption, firstStatedLifecycle(endAdoption.isPresent()), firstStatedPolicy())
            .flatMap(Optional::stream)
            .toList();
    if (!refusals.isEmpty()) {
      return new Refuse(String.join(" ", refusals));
    }
    return tooLongPolicy()
        .<Plan>map(Refuse::new)
        .orElseGet(() -> Proceed.ofUpdate(steps(), warnings()));
  }

  private Optional<String> endAdoptionRefusal() {
    return endsAdoption
        ? RefusalMessages.defaultsWouldChange(request, repository, differences)
        : Optional.empty();
  }

  /// If ending the adoption is refused, that message already names policies that come only from
  /// defaults.
  private Optional<String> firstStatedLifecycle(boolean endAdoptionRefused) {
    return endAdoptionRefused && !desired.lifecycleStated()
        ? Optional.empty()
        : RefusalMessages.foreignPolicy(lifecycle, "lifecycle", repository);
  }

  private Optional<String> firstStatedPolicy() {
    return RefusalMessages.foreignPolicy(policy, "repository", repository);
  }

  private Optional<String> tooLongPolicy() {
    return differences
        .policies()
        .repositoryPolicyChange()
        .flatMap(change ->
            change instanceof SetRepositoryPolicy(RepositoryPolicy set)
                ? set.tooLongWithLambdaStatement()
                : Optional.empty());
  }

  private List<String> warnings() {
    return Stream.of(
            EncryptionDifference.ignoredKey(request, repository),
            RefusalMessages.requiredTagsKept(keptTags()),
            RefusalMessages.policyKept(lifecycle, "lifecycle", repository),
            RefusalMessages.policyKept(policy, "repository", repository))
        .flatMap(Optional::stream)
        .toList();
  }

  private List<List<Change>> steps() {
    AppliedRecord record = differences.nextRecord().withReturnedFrom(returnsFrom());
    List<List<Change>> settings = differences.changes();
    List<List<Change>> steps = new ArrayList<>();
    steps.add(returnedOwnership(record));
    steps.addAll(tagging(record, settings));
    steps.addAll(settings);
    return steps;
  }

  /// In a rollback, the first change takes the repository back from the resource that took it over.
  private List<Change> returnedOwnership(AppliedRecord record) {
    return isOwner()
        ? List.of()
        : List.of(
            new TagResource(
                Map.of(
                    Ownership.LOGICAL_ID,
                    request.self().logicalId(),
                    AppliedRecord.TAG,
                    record.text())));
  }

  /// A replacement by a repository that this request did not create: an earlier delivery took it
  /// over, or the resource returns to it. Neither adds default tags; the next update does.
  private boolean replacesWithExisting() {
    return request.operation() != ReconcileRequest.Operation.KEEP
        && !repository.ownership().isCreatedBy(request.requestId());
  }

  /// Whether the resource moves to a repository that it owns, and whose record says what was
  /// wanted.
  private boolean returnsToRecorded() {
    return request.replaces().isPresent() && isOwner() && repository.applied().isPresent();
  }

  /// The repository from which the resource moves to this one, if this one existed already. A
  /// repeated delivery may meet what the first one created or took over, so the record tells.
  private Optional<String> returnsFrom() {
    return repository.hasRecordOf(request.time())
        ? repository.applied().flatMap(AppliedRecord::returnedFrom)
        : request.replaces().filter(_ -> !repository.ownership().isCreatedBy(request.requestId()));
  }

  private boolean isOwner() {
    return repository.ownership().isOwnedBy(request.self());
  }

  private List<List<Change>> tagging(AppliedRecord record, List<List<Change>> settings) {
    List<String> dropped = droppedTags();
    boolean others = !dropped.isEmpty() || !settings.stream().allMatch(List::isEmpty);
    Map<String, String> missing = missingTags(record, others);
    List<Change> untag = dropped.isEmpty() ? List.of() : List.of(new UntagResource(dropped));
    List<Change> tag = missing.isEmpty() ? List.of() : List.of(new TagResource(missing));
    // ECR takes 50 tags at any moment, so new keys wait until old ones are gone.
    boolean grows = !repository.tags().keySet().containsAll(missing.keySet());
    return grows
        ? List.of(untag, tag)
        : List.of(Stream.concat(untag.stream(), tag.stream()).toList());
  }

  /// Only tags that this resource stated before, with the value that it stated: other people's
  /// stay. After a refused update the old properties may state what was never written.
  private static List<String> unstatedTags(
      ReconcileRequest request, ObservedRepository repository, Map<String, String> wanted) {
    return request.previous().tags().entrySet().stream()
        .filter(tag -> tag.getValue().equals(repository.tags().get(tag.getKey())))
        .map(Map.Entry::getKey)
        .filter(key -> !wanted.containsKey(key) && !key.startsWith(Ownership.PREFIX))
        .sorted()
        .toList();
  }

  private List<String> droppedTags() {
    List<String> dropped = new ArrayList<>(unstatedTags);
    dropped.removeAll(requiredTags);
    if (endsRename()) {
      dropped.add(Ownership.PREVIOUS_OWNER);
    }
    return dropped;
  }

  /// A required tag that is no longer stated stays. A refusal would make the rollback of the update
  /// fail that added the tag.
  private List<String> keptTags() {
    return unstatedTags.stream().filter(requiredTags::contains).toList();
  }

  /// The first Update after a take-over ends the rename; not the one that took over, delivered once
  /// more. Without times nothing tells the two apart: then CloudFormation's clean-up ends it.
  private boolean endsRename() {
    Optional<Instant> last = repository.applied().flatMap(AppliedRecord::time);
    boolean later =
        last.isPresent() && request.time().filter(time -> time.isAfter(last.get())).isPresent();
    boolean alreadyGivenBack = repository.ownership().previousOwner().isEmpty();
    return !request.creating()
        && repository.tags().containsKey(Ownership.PREVIOUS_OWNER)
        && (later || alreadyGivenBack || Planner.wasTakenFrom(request, repository));
  }

  /// The record is one of the tags: it is written if it says something new or anything else
  /// changes.
  ///
  /// @param others whether the plan removes tags or changes settings
  private Map<String, String> missingTags(AppliedRecord record, boolean others) {
    Map<String, String> missing = repository.tagsToSet(wantedTags);
    boolean changesAnything = others || !missing.isEmpty();
    // The time is recorded even if nothing changes, so that an older event that comes late is
    // recognized.
    boolean recordChanges =
        request.propertiesChanged()
            || repository.applied().filter(record::wantsTheSameAs).isEmpty();
    if (isOwner() && (changesAnything || recordChanges)) {
      missing.putAll(repository.tagsToSet(Map.of(AppliedRecord.TAG, record.text())));
    }
    return missing;
  }
}
