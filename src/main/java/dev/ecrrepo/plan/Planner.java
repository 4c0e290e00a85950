package dev.ecrrepo.plan;

import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.plan.Plan.Refuse;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.AppliedRecord.Aspect;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.Change.UntagResource;
import dev.ecrrepo.repository.Digest;
import dev.ecrrepo.repository.Observation;
import dev.ecrrepo.repository.Observation.Absent;
import dev.ecrrepo.repository.Observation.Foreign;
import dev.ecrrepo.repository.Observation.Owned;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.Registry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The difference between what is desired and what was observed, as a plan. Pure: the same question
/// has the same answer, and after its changes the next plan is empty.
public final class Planner {

  private static final int MAX_TAGS = 50 - Ownership.KEYS.size();

  private final Guardrails guardrails;
  private final Registry registry;

  public Planner(Guardrails guardrails, Registry registry) {
    this.guardrails = guardrails;
    this.registry = registry;
  }

  public Plan plan(ReconcileRequest intent, Observation observation) {
    int tags = withDefaults(intent.desired()).size();
    if (tags > MAX_TAGS) {
      return new Refuse(
          """
          Tags: a repository takes 50 tags, seven of them are the provider's own, so 43 are left \
          for the template's and the provider's default tags together; here are %d. Remove %d.\
          """
              .formatted(tags, tags - MAX_TAGS));
    }
    return switch (observation) {
      case Absent _ -> judged(create(intent), intent, Optional.empty());
      case Owned(ObservedRepository repository) when isOwn(intent, repository) ->
          isOld(intent, repository) ? old(repository) : keep(intent, repository);
      case Owned(ObservedRepository repository) -> adopt(intent, repository);
      case Foreign(ObservedRepository repository) when wasTakenFrom(intent, repository) ->
          isOld(intent, repository) ? old(repository) : keep(intent, repository);
      case Foreign(ObservedRepository repository) -> adopt(intent, repository);
    };
  }

  /// A Create owns only what a delivery of itself has made or taken over; an Update, all that
  /// carries its tags.
  private static boolean isOwn(ReconcileRequest intent, ObservedRepository repository) {
    Ownership ownership = repository.ownership();
    boolean made = ownership.createdBy().filter(intent.requestId()::equals).isPresent();
    Optional<Instant> last = repository.applied().flatMap(AppliedRecord::time);
    boolean takenOver =
        (last.isPresent() && intent.time().isPresent())
            ? last.equals(intent.time())
            : ownership.previousOwner().isPresent();
    return !intent.creating() || made || (intent.desired().adoptExisting() && takenOver);
  }

  /// A rollback of a rename within the stack returns to the old resource before it ends the new
  /// one.
  private static boolean wasTakenFrom(ReconcileRequest intent, ObservedRepository repository) {
    return !intent.creating() && repository.ownership().isTakenFrom(intent.self());
  }

  /// The first Update after a take-over ends the rename; not the one that took over, delivered once
  /// more. Without times nothing tells the two apart: then CloudFormation's clean-up ends it.
  private static boolean endsRename(ReconcileRequest intent, ObservedRepository repository) {
    Optional<Instant> last = repository.applied().flatMap(AppliedRecord::time);
    boolean later =
        last.isPresent() && intent.time().filter(time -> time.isAfter(last.get())).isPresent();
    boolean meansNothing = repository.ownership().previousOwner().isEmpty();
    return !intent.creating()
        && repository.tags().containsKey(Ownership.PREVIOUS_OWNER)
        && (later || meansNothing || wasTakenFrom(intent, repository));
  }

  private static boolean isOld(ReconcileRequest intent, ObservedRepository repository) {
    return repository.applied().filter(r -> r.isYoungerThan(intent.time())).isPresent();
  }

  private static Refuse old(ObservedRepository repository) {
    return new Refuse(EcrFailure.old(repository.name()).getMessage());
  }

  private Proceed create(ReconcileRequest intent) {
    DesiredRepository desired = intent.desired();
    Map<String, String> tags = withDefaults(desired);
    tags.putAll(Ownership.created(intent.self(), intent.requestId()));
    tags.put(AppliedRecord.TAG, recordOfCreation(intent).text());
    List<Change> policies = new ArrayList<>();
    desired.lifecyclePolicy().ifPresent(p -> policies.add(new PutLifecyclePolicy(p)));
    desired.repositoryPolicy().ifPresent(p -> policies.add(new SetRepositoryPolicy(p)));
    return Proceed.with(
        List.of(
            List.of(
                new CreateRepository(
                    intent.name(),
                    desired.tagMutability().value(),
                    desired.scanOnPush().value(),
                    desired.encryption().value(),
                    tags)),
            policies));
  }

  private AppliedRecord recordOfCreation(ReconcileRequest intent) {
    DesiredRepository desired = intent.desired();
    String account = registry.account().orElse("");
    return new AppliedRecord(
        intent.time(),
        Aspect.of(Optional.of(AppliedRecord.text(desired.tagMutability().value()))),
        Aspect.of(Optional.of(Boolean.toString(desired.scanOnPush().value()))),
        Aspect.of(desired.lifecyclePolicy().map(ObservedRepository::digest)),
        Aspect.of(
            desired.repositoryPolicy().map(p -> Digest.of(p.normalForm(account).toString()))));
  }

  private Plan adopt(ReconcileRequest intent, ObservedRepository repository) {
    return switch (AdoptionDecision.of(intent, repository, guardrails)) {
      case AdoptionDecision.Refused(Refuse refuse) -> refuse;
      case AdoptionDecision.Allowed _ when isOld(intent, repository) -> old(repository);
      case AdoptionDecision.Allowed allowed ->
          judged(AdoptionPlan.plan(intent, repository, allowed), intent, Optional.of(repository));
    };
  }

  private Plan keep(ReconcileRequest intent, ObservedRepository repository) {
    DesiredRepository desired = intent.desired();
    boolean adopted = repository.ownership().adopted();
    boolean statedOnly = adopted && desired.adoptExisting();
    boolean givingUp = adopted && !statedOnly && intent.previous().adoptExisting();
    Differences differences = Differences.of(intent, repository, statedOnly);
    if (EncryptionDifference.is(intent, repository)) {
      return RefusalMessages.encryption(desired.encryption().value(), repository);
    }
    PolicyDecision lifecycle = differences.lifecycle();
    PolicyDecision policy = differences.repositoryPolicy();
    boolean lifecycleOpen = givingUp && !desired.lifecycleStated();
    List<String> refusals =
        Stream.of(
                givingUp
                    ? RefusalMessages.givingUp(intent, repository, differences)
                    : Optional.<String>empty(),
                RefusalMessages.firstStated(lifecycle, "lifecycle", repository)
                    .filter(_ -> !lifecycleOpen),
                RefusalMessages.firstStated(policy, "repository", repository))
            .flatMap(Optional::stream)
            .toList();
    if (!refusals.isEmpty()) {
      return new Refuse(String.join(" ", refusals));
    }
    List<String> warnings = new ArrayList<>();
    EncryptionDifference.ignoredKey(intent, repository).ifPresent(warnings::add);
    RefusalMessages.kept(lifecycle, "lifecycle", repository).ifPresent(warnings::add);
    RefusalMessages.kept(policy, "repository", repository).ifPresent(warnings::add);

    Map<String, String> wantedTags =
        statedOnly || givingUp ? new LinkedHashMap<>(desired.tags()) : withDefaults(desired);
    List<String> dropped = new ArrayList<>(differences.droppedTags(wantedTags));
    if (endsRename(intent, repository)) {
      dropped.add(Ownership.PREVIOUS_OWNER);
    }
    List<Change> settings = new ArrayList<>();
    differences.lifecycleChange(lifecycle).ifPresent(settings::add);
    differences.repositoryPolicyChange(policy).ifPresent(settings::add);
    differences.tagMutability().ifPresent(settings::add);
    List<Change> last = new ArrayList<>();
    // Both write the repository's own record at ECR: one after the other.
    differences
        .scanOnPush()
        .ifPresent(differences.tagMutability().isPresent() ? last::add : settings::add);

    Map<String, String> tags = differences.missingTags(wantedTags);
    AppliedRecord record = differences.record();
    boolean changes = !(tags.isEmpty() && dropped.isEmpty() && settings.isEmpty());
    // An update or rollback that finds nothing to do leaves its time all the same: else the event
    // that it follows, delivered late, would still take effect.
    boolean news =
        intent.changed() || repository.applied().filter(record::wantsTheSameAs).isEmpty();
    Map<String, String> first = new LinkedHashMap<>();
    if (!repository.ownership().isOf(intent.self())) {
      first.put(Ownership.LOGICAL_ID, intent.self().logicalId());
      first.put(AppliedRecord.TAG, record.text());
    } else if (changes || news) {
      tags.putAll(differences.missingTags(Map.of(AppliedRecord.TAG, record.text())));
    }
    List<Change> back = first.isEmpty() ? List.of() : List.of(new TagResource(first));
    List<Change> untag = dropped.isEmpty() ? List.of() : List.of(new UntagResource(dropped));
    List<Change> tag = tags.isEmpty() ? List.of() : List.of(new TagResource(tags));
    // ECR takes 50 tags at any moment, so new keys wait until old ones are gone.
    boolean grows = !repository.tags().keySet().containsAll(tags.keySet());
    List<List<Change>> tagging =
        grows ? List.of(untag, tag) : List.of(Stream.concat(untag.stream(), tag.stream()).toList());
    Proceed plan =
        new Proceed(
            Stream.of(List.of(back), tagging, List.of(settings, last))
                .flatMap(List::stream)
                .toList(),
            false,
            false,
            warnings);
    return tooLong(settings)
        .<Plan>map(Refuse::new)
        .orElseGet(() -> judged(plan, intent, Optional.of(repository)));
  }

  /// With Lambda's own statement, which is kept, a policy can be too long though its text was not.
  private static Optional<String> tooLong(List<Change> changes) {
    return changes.stream()
        .flatMap(change ->
            change instanceof SetRepositoryPolicy(RepositoryPolicy p) ? Stream.of(p) : Stream.of())
        .map(policy -> policy.text().length())
        .filter(length -> length > RepositoryPolicy.MAX_CHARACTERS)
        .map(length ->
            """
            The repository policy would have %d characters with the statement that AWS Lambda \
            added to it, and ECR takes at most %d. Name fewer principals: whole accounts, or an \
            organization.\
            """
                .formatted(length, RepositoryPolicy.MAX_CHARACTERS))
        .findFirst();
  }

  private Map<String, String> withDefaults(DesiredRepository desired) {
    Map<String, String> tags = new LinkedHashMap<>(guardrails.defaultTags());
    tags.putAll(desired.tags());
    return tags;
  }

  private Plan judged(Plan plan, ReconcileRequest intent, Optional<ObservedRepository> observed) {
    if (!(plan instanceof Proceed proceed)) {
      return plan;
    }
    List<Plan.Objection> objections =
        guardrails.objections(proceed, intent.name(), registry, observed);
    return objections.isEmpty() ? plan : Refuse.forbidden(objections);
  }
}
