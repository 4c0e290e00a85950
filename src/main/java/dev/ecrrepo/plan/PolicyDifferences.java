package dev.ecrrepo.plan;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.Policies;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.AppliedRecord.Aspect;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.DeleteLifecyclePolicy;
import dev.ecrrepo.repository.Change.DeleteRepositoryPolicy;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.Optional;

/// How the two policies of a repository that exists differ from what its resource wants: what is
/// decided about each, the change that follows, and the record's next entry. Policies are compared
/// by their normal forms and digests, so each comparison is made once.
final class PolicyDifferences {

  private final ReconcileRequest request;
  private final ObservedRepository repository;
  private final boolean statedOnly;
  private final boolean hasRecord;
  private final AppliedRecord last;
  private final boolean repeated;

  private final Optional<LifecyclePolicy> wantedLifecycle;
  private final PolicyAspect lifecycleAspect;
  private final PolicyDecision lifecycle;

  private final Optional<RepositoryPolicy> wantedRepositoryPolicy;
  private final PolicyAspect repositoryPolicyAspect;
  private final PolicyDecision repositoryPolicy;

  /// @param statedOnly whether what the template does not state stays as it is
  /// @param applied the repository's record of this resource
  /// @param repeated whether this very event wrote the record. Then the record alone tells which
  ///   policy is the resource's own: the first delivery may have decided to keep what the old
  ///   properties state.
  PolicyDifferences(
      ReconcileRequest request,
      ObservedRepository repository,
      boolean statedOnly,
      Optional<AppliedRecord> applied,
      boolean repeated) {
    this.request = request;
    this.repository = repository;
    this.statedOnly = statedOnly;
    this.hasRecord = applied.isPresent();
    this.last = applied.orElseGet(AppliedRecord::nothing);
    this.repeated = repeated;
    // The decision about a policy needs its aspect, and the aspect needs the wanted policy.
    this.wantedLifecycle = lifecycle(request.desired().policies(), statedOnly);
    this.lifecycleAspect = aspectOfLifecycle();
    this.lifecycle = decideLifecycle();
    this.wantedRepositoryPolicy = keepLambdaStatement();
    this.repositoryPolicyAspect = aspectOfRepositoryPolicy();
    this.repositoryPolicy = decideRepositoryPolicy();
  }

  PolicyDecision lifecycle() {
    return lifecycle;
  }

  PolicyDecision repositoryPolicy() {
    return repositoryPolicy;
  }

  private PolicyDecision decideLifecycle() {
    Optional<LifecyclePolicy> wanted = wantedLifecycle;
    Optional<LifecyclePolicy> live = repository.lifecyclePolicy();
    PolicyAspect aspect = lifecycleAspect;
    boolean same = wanted.isPresent() && live.filter(wanted.get()::sameAs).isPresent();
    boolean wasWanted = hasRecord ? aspect.wasWanted() : previousLifecycle().isPresent();
    // In an adopted repository, what only a default wanted stays.
    boolean recorded =
        statedOnly ? aspect.wasWanted() && !returnsToAdoption() : aspect.wasWantedOrRemains();
    boolean mayBeLeftOver = previousLifecycle().isPresent() || recorded;
    return PolicyDecision.of(wanted, live, same, aspect.mayReplace(), wasWanted, mayBeLeftOver);
  }

  /// AdoptExisting comes back: what only a default wanted meanwhile was there before, or giving the
  /// adoption up would have been refused.
  private boolean returnsToAdoption() {
    return !request.previous().adoptExisting()
        && !request.previous().statesLifecycle()
        && !request.desired().lifecycleStated();
  }

  /// Whether the default profile would add rules to those that the template states as before, and
  /// they were not in force before.
  boolean addsDefaultLifecycleRules() {
    Optional<LifecyclePolicy> stated = request.desired().policies().statedLifecyclePolicy();
    Optional<LifecyclePolicy> before = request.previous().policies().statedLifecyclePolicy();
    return lifecycle != PolicyDecision.NOTHING
        && stated.isPresent()
        && before.filter(stated.get()::sameAs).isPresent()
        && wantedLifecycle
            .filter(wanted -> !wanted.sameAs(stated.get()))
            .filter(wanted -> !last.lifecyclePolicy().has(ObservedRepository.digest(wanted)))
            .isPresent();
  }

  /// The change that follows from the decision, if one does.
  Optional<Change> lifecycleChange() {
    return switch (lifecycle) {
      case SET -> Optional.of(new PutLifecyclePolicy(wantedLifecycle.orElseThrow()));
      case REMOVE -> Optional.of(new DeleteLifecyclePolicy());
      case NOTHING, KEEP_FOREIGN, REFUSE -> Optional.empty();
    };
  }

  private static Optional<LifecyclePolicy> lifecycle(Policies policies, boolean statedOnly) {
    return statedOnly ? policies.statedLifecyclePolicy() : policies.lifecyclePolicy();
  }

  private Optional<LifecyclePolicy> previousLifecycle() {
    boolean adopted = repository.ownership().adopted() && request.previous().adoptExisting();
    return lifecycle(request.previous().policies(), statedOnly || adopted);
  }

  /// What the old properties asked for. If the adoption was given up, and AdoptExisting comes back,
  /// this includes defaults.
  private Optional<LifecyclePolicy> previousLifecycleInForce() {
    boolean wasGivenUp = repository.ownership().adopted() && !request.previous().adoptExisting();
    return wasGivenUp ? lifecycle(request.previous().policies(), false) : previousLifecycle();
  }

  private boolean isKnown(LifecyclePolicy live) {
    return last.lifecyclePolicy().has(ObservedRepository.digest(live))
        || (!repeated && previousLifecycleInForce().filter(live::sameAs).isPresent());
  }

  private PolicyDecision decideRepositoryPolicy() {
    Optional<RepositoryPolicy> wanted = wantedRepositoryPolicy;
    Optional<RepositoryPolicy> live = repository.repositoryPolicy();
    String account = repository.registryId();
    // A policy with only Lambda's statement counts as none, unless the template stated it.
    Optional<RepositoryPolicy> liveWithoutLambda =
        live.filter(
            policy -> previouslyStatedLambdaSid() || !policy.isOnlyLambdaStatement(account));
    PolicyAspect aspect = repositoryPolicyAspect;
    boolean same =
        wanted.isPresent()
            && live.filter(policy -> wanted.get().sameAs(policy, account)).isPresent();
    boolean wasWanted =
        hasRecord ? aspect.wasWanted() : request.previous().statesRepositoryPolicy();
    boolean mayBeLeftOver =
        request.previous().statesRepositoryPolicy() || aspect.wasWantedOrRemains();
    return PolicyDecision.of(
        wanted, liveWithoutLambda, same, aspect.mayReplace(), wasWanted, mayBeLeftOver);
  }

  Optional<Change> repositoryPolicyChange() {
    return switch (repositoryPolicy) {
      case SET -> Optional.of(new SetRepositoryPolicy(wantedRepositoryPolicy.orElseThrow()));
      case REMOVE ->
          Optional.of(
              repository
                  .repositoryPolicy()
                  .filter(_ -> !previouslyStatedLambdaSid())
                  .flatMap(live -> live.lambdaStatementAlone(repository.registryId()))
                  .<Change>map(SetRepositoryPolicy::new)
                  .orElseGet(DeleteRepositoryPolicy::new));
      case NOTHING, KEEP_FOREIGN, REFUSE -> Optional.empty();
    };
  }

  /// The wanted policy, with the statement that Lambda added to the live one.
  private Optional<RepositoryPolicy> keepLambdaStatement() {
    return request
        .desired()
        .policies()
        .repositoryPolicy()
        .map(wanted ->
            repository
                .repositoryPolicy()
                .filter(_ -> !previouslyStatedLambdaSid())
                .map(live -> wanted.keepingLambdaStatementOf(live, repository.registryId()))
                .orElse(wanted));
  }

  private boolean previouslyStatedLambdaSid() {
    return previousRepositoryPolicy().filter(RepositoryPolicy::statesLambdaSid).isPresent();
  }

  private boolean isKnown(RepositoryPolicy live) {
    return last.repositoryPolicy().has(repository.digest(live))
        || (!repeated && previousRepositoryPolicy().filter(old -> isSame(old, live)).isPresent());
  }

  private Optional<RepositoryPolicy> previousRepositoryPolicy() {
    return request.previous().policies().repositoryPolicy();
  }

  private boolean isSame(RepositoryPolicy old, RepositoryPolicy live) {
    return old.sameAs(live, repository.registryId())
        || old.sameButForDeletedPrincipals(live, repository.registryId());
  }

  Aspect nextLifecycleAspect() {
    return lifecycleAspect.nextAspect(request.creating(), repeated);
  }

  Aspect nextRepositoryPolicyAspect() {
    return repositoryPolicyAspect.nextAspect(request.creating(), repeated);
  }

  private PolicyAspect aspectOfLifecycle() {
    Optional<LifecyclePolicy> live = repository.lifecyclePolicy();
    return new PolicyAspect(
        last.lifecyclePolicy(),
        wantedLifecycle.map(ObservedRepository::digest),
        live.map(ObservedRepository::digest),
        live.filter(this::isKnown).isPresent());
  }

  /// Digests ignore the statement that Lambda adds.
  private PolicyAspect aspectOfRepositoryPolicy() {
    Optional<RepositoryPolicy> live = repository.repositoryPolicy();
    return new PolicyAspect(
        last.repositoryPolicy(),
        request.desired().policies().repositoryPolicy().map(repository::digest),
        live.map(repository::digest),
        live.filter(this::isKnown).isPresent());
  }
}
