package dev.ecrrepo.plan;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.Policies;
import dev.ecrrepo.properties.PreviousProperties;
import dev.ecrrepo.properties.Setting;
import dev.ecrrepo.properties.TagMutability;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.DeleteLifecyclePolicy;
import dev.ecrrepo.repository.Change.DeleteRepositoryPolicy;
import dev.ecrrepo.repository.Change.PutImageScanningConfiguration;
import dev.ecrrepo.repository.Change.PutImageTagMutability;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.Optional;

/// How a repository that exists differs from what its resource wants: one method for each aspect.
final class Differences {

  private final ReconcileRequest request;
  private final DesiredRepository desired;
  private final PreviousProperties previous;
  private final ObservedRepository repository;
  private final Optional<AppliedRecord> applied;
  private final boolean statedOnly;

  private Differences(
      ReconcileRequest request,
      ObservedRepository repository,
      Optional<AppliedRecord> applied,
      boolean statedOnly) {
    this.request = request;
    this.desired = request.desired();
    this.previous = request.previous();
    this.repository = repository;
    this.applied = applied;
    this.statedOnly = statedOnly;
  }

  /// Of a repository that is this resource's, or another one's of the same stack.
  ///
  /// @param statedOnly whether what the template does not state stays as it is
  static Differences of(
      ReconcileRequest request, ObservedRepository repository, boolean statedOnly) {
    return new Differences(request, repository, repository.applied(), statedOnly);
  }

  /// Of a repository that nobody owns, or a stack that is gone. Its record is ignored, because it
  /// describes the former owner. Only what the template states counts.
  static Differences ofForeign(ReconcileRequest request, ObservedRepository repository) {
    return new Differences(request, repository, Optional.empty(), true);
  }

  Optional<PutImageTagMutability> tagMutability() {
    return tagMutabilitySetting().change().map(PutImageTagMutability::new);
  }

  Optional<PutImageScanningConfiguration> scanOnPush() {
    return scanOnPushSetting().change().map(PutImageScanningConfiguration::new);
  }

  private SettingDifference<TagMutability> tagMutabilitySetting() {
    return new SettingDifference<>(
        wanted(desired.tagMutability()),
        previous.statesTagMutability(),
        isAdopted(),
        isRepeated(),
        lastRecord().tagMutability(),
        repository.tagMutability(),
        AppliedRecord::encode,
        AppliedRecord::decodeTagMutability);
  }

  private SettingDifference<Boolean> scanOnPushSetting() {
    return new SettingDifference<>(
        wanted(desired.scanOnPush()),
        previous.statesScanOnPush(),
        isAdopted(),
        isRepeated(),
        lastRecord().scanOnPush(),
        repository.scanOnPush(),
        String::valueOf,
        value -> Optional.of(Boolean.valueOf(value)));
  }

  private <T> Optional<T> wanted(Setting<T> setting) {
    return Optional.of(setting).filter(s -> s.stated() || !statedOnly).map(Setting::value);
  }

  private boolean isAdopted() {
    return statedOnly || repository.ownership().adopted();
  }

  /// Whether this very event wrote the record. Then the record alone tells which policy is the
  /// resource's own: the first delivery may have decided to keep what the old properties state.
  private boolean isRepeated() {
    return request.time().isPresent() && lastRecord().time().equals(request.time());
  }

  private AppliedRecord lastRecord() {
    return applied.orElseGet(AppliedRecord::nothing);
  }

  PolicyDecision lifecycle() {
    Optional<LifecyclePolicy> wanted = wantedLifecycle();
    Optional<LifecyclePolicy> live = repository.lifecyclePolicy();
    PolicyAspect aspect = lifecycleAspect();
    boolean same = wanted.isPresent() && live.filter(wanted.get()::sameAs).isPresent();
    boolean stated = applied.isPresent() ? aspect.wasWanted() : previousLifecycle().isPresent();
    // In an adopted repository, what only a default wanted stays.
    boolean recorded =
        statedOnly ? aspect.wasWanted() && !returnsToAdoption() : aspect.wasWantedOrRemains();
    boolean mayHaveBeenStated = previousLifecycle().isPresent() || recorded;
    return PolicyDecision.of(wanted, live, same, aspect.mayReplace(), stated, mayHaveBeenStated);
  }

  /// AdoptExisting comes back: what only a default wanted meanwhile was there before, or giving the
  /// adoption up would have been refused.
  private boolean returnsToAdoption() {
    return !previous.adoptExisting() && !previous.statesLifecycle() && !desired.lifecycleStated();
  }

  /// The change that follows from the decision, if one does.
  Optional<Change> lifecycleChange(PolicyDecision decision) {
    return switch (decision) {
      case SET -> Optional.of(new PutLifecyclePolicy(wantedLifecycle().orElseThrow()));
      case REMOVE -> Optional.of(new DeleteLifecyclePolicy());
      case NOTHING, KEEP_CHANGED, REFUSE -> Optional.empty();
    };
  }

  private Optional<LifecyclePolicy> wantedLifecycle() {
    return lifecycle(desired.policies(), statedOnly);
  }

  private static Optional<LifecyclePolicy> lifecycle(Policies policies, boolean statedOnly) {
    return statedOnly ? policies.statedLifecycle() : policies.lifecycle();
  }

  private Optional<LifecyclePolicy> previousLifecycle() {
    boolean adopted = repository.ownership().adopted() && previous.adoptExisting();
    return lifecycle(previous.policies(), statedOnly || adopted);
  }

  private boolean isOurs(LifecyclePolicy live) {
    return lastRecord().lifecyclePolicy().has(ObservedRepository.digest(live))
        || (!isRepeated() && previousLifecycle().filter(live::sameAs).isPresent());
  }

  PolicyDecision repositoryPolicy() {
    Optional<RepositoryPolicy> wanted = wantedRepositoryPolicy();
    Optional<RepositoryPolicy> live = repository.repositoryPolicy();
    String account = repository.registryId();
    // A policy with only Lambda's statement counts as none, unless the template stated it.
    Optional<RepositoryPolicy> liveWithoutLambda =
        live.filter(
            policy -> previouslyStatedLambdaSid() || !policy.isOnlyLambdaStatement(account));
    PolicyAspect aspect = policyAspect();
    boolean same =
        wanted.isPresent()
            && live.filter(policy -> wanted.get().sameAs(policy, account)).isPresent();
    boolean stated = applied.isPresent() ? aspect.wasWanted() : previous.statesRepositoryPolicy();
    boolean mayHaveBeenStated = previous.statesRepositoryPolicy() || aspect.wasWantedOrRemains();
    return PolicyDecision.of(
        wanted, liveWithoutLambda, same, aspect.mayReplace(), stated, mayHaveBeenStated);
  }

  Optional<Change> repositoryPolicyChange(PolicyDecision decision) {
    return switch (decision) {
      case SET -> Optional.of(new SetRepositoryPolicy(wantedRepositoryPolicy().orElseThrow()));
      case REMOVE ->
          Optional.of(
              repository
                  .repositoryPolicy()
                  .filter(_ -> !previouslyStatedLambdaSid())
                  .flatMap(live -> live.lambdaStatementAlone(repository.registryId()))
                  .<Change>map(SetRepositoryPolicy::new)
                  .orElseGet(DeleteRepositoryPolicy::new));
      case NOTHING, KEEP_CHANGED, REFUSE -> Optional.empty();
    };
  }

  private Optional<RepositoryPolicy> wantedRepositoryPolicy() {
    return desired
        .policies()
        .repository()
        .map(wanted ->
            repository
                .repositoryPolicy()
                .filter(_ -> !previouslyStatedLambdaSid())
                .map(live -> wanted.keepingLambdaStatementOf(live, repository.registryId()))
                .orElse(wanted));
  }

  private boolean previouslyStatedLambdaSid() {
    return previous.policies().repository().filter(RepositoryPolicy::statesLambdaSid).isPresent();
  }

  private boolean isOurs(RepositoryPolicy live) {
    return lastRecord().repositoryPolicy().has(repository.digest(live))
        || (!isRepeated()
            && previous.policies().repository().filter(old -> isSame(old, live)).isPresent());
  }

  private boolean isSame(RepositoryPolicy old, RepositoryPolicy live) {
    return old.sameAs(live, repository.registryId())
        || old.sameButForDeletedPrincipals(live, repository.registryId());
  }

  /// The record, once this is applied.
  AppliedRecord nextRecord() {
    return new AppliedRecord(
        request.time(),
        tagMutabilitySetting().nextAspect(),
        scanOnPushSetting().nextAspect(),
        lifecycleAspect().nextAspect(request.creating(), isRepeated()),
        policyAspect().nextAspect(request.creating(), isRepeated()));
  }

  private PolicyAspect lifecycleAspect() {
    Optional<LifecyclePolicy> live = repository.lifecyclePolicy();
    return new PolicyAspect(
        lastRecord().lifecyclePolicy(),
        wantedLifecycle().map(ObservedRepository::digest),
        live.map(ObservedRepository::digest),
        live.filter(this::isOurs).isPresent());
  }

  /// Digests ignore the statement that Lambda adds.
  private PolicyAspect policyAspect() {
    Optional<RepositoryPolicy> live = repository.repositoryPolicy();
    return new PolicyAspect(
        lastRecord().repositoryPolicy(),
        desired.policies().repository().map(repository::digest),
        live.map(repository::digest),
        live.filter(this::isOurs).isPresent());
  }
}
