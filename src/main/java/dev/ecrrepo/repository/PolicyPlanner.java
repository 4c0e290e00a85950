package dev.ecrrepo.repository;

import dev.ecrrepo.access.RepositoryPolicy;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.repository.Change.DeleteLifecyclePolicy;
import dev.ecrrepo.repository.Change.DeleteRepositoryPolicy;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import java.util.List;
import java.util.Optional;

/// What becomes of the two policies. Each is this resource's as a whole document, if it states one;
/// one that it stated before and no longer does is removed, unless somebody has changed it since;
/// one that it never stated is not touched.
final class PolicyPlanner {

  private PolicyPlanner() {}

  static Optional<Change> lifecycle(
      Intent intent, ObservedRepository repository, boolean adopted, List<String> warnings) {
    Optional<LifecyclePolicy> wanted =
        adopted ? intent.desired().statedLifecyclePolicy() : intent.desired().lifecyclePolicy();
    Optional<String> live = repository.lifecyclePolicy();
    if (wanted.isPresent()) {
      return live.filter(wanted.get()::sameAs).isPresent()
          ? Optional.empty()
          : Optional.of(new PutLifecyclePolicy(wanted.get().text()));
    }
    Optional<LifecyclePolicy> before =
        adopted ? intent.before().statedLifecyclePolicy() : intent.before().lifecyclePolicy();
    if (before.isEmpty() || live.isEmpty()) {
      return Optional.empty();
    }
    if (before.get().sameAs(live.get())) {
      return Optional.of(new DeleteLifecyclePolicy());
    }
    warnings.add(
        "The lifecycle policy is no longer stated, but was changed outside this stack: it stays.");
    return Optional.empty();
  }

  static Optional<Change> repositoryPolicy(
      Intent intent, ObservedRepository repository, List<String> warnings) {
    Optional<String> live = repository.repositoryPolicy();
    Optional<RepositoryPolicy> wanted =
        intent
            .desired()
            .repositoryPolicy()
            .map(p -> live.map(p::keepingLambdaStatementOf).orElse(p));
    if (wanted.isPresent()) {
      return live.filter(wanted.get()::sameAs).isPresent()
          ? Optional.empty()
          : Optional.of(new SetRepositoryPolicy(wanted.get().text()));
    }
    Optional<RepositoryPolicy> before = intent.before().repositoryPolicy();
    if (before.isEmpty() || live.isEmpty()) {
      return Optional.empty();
    }
    if (before.get().keepingLambdaStatementOf(live.get()).sameAs(live.get())) {
      return RepositoryPolicy.lambdaStatementOf(live.get())
          .<Change>map(kept -> new SetRepositoryPolicy(kept.text()))
          .or(() -> Optional.of(new DeleteRepositoryPolicy()))
          .filter(_ -> !RepositoryPolicy.isOnlyLambdaStatement(live.get()));
    }
    warnings.add(
        "The repository policy is no longer stated, but was changed outside this stack: it stays.");
    return Optional.empty();
  }
}
