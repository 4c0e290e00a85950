package dev.ecrrepo.properties;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import java.util.Map;
import java.util.Optional;

/// What an Update's old properties stated, as far as it can be read. Nothing in them is checked:
/// after a failed update they may be faulty, and a newer provider may refuse what an older one
/// accepted. They apply to the repository that the event names, and to no other.
///
/// @param statesTagMutability by its own property or by a profile; likewise the others
/// @param adoptExisting whether `AdoptExisting` was there and not plainly false
/// @param lifecyclePolicy with the profile's rules
/// @param statedLifecyclePolicy without the rules of a profile that the template did not name
public record PreviousProperties(
    Optional<String> repositoryName,
    Map<String, String> tags,
    boolean statesTagMutability,
    boolean statesScanOnPush,
    boolean statesLifecycle,
    boolean statesRepositoryPolicy,
    boolean adoptExisting,
    Optional<String> kmsKey,
    Optional<LifecyclePolicy> lifecyclePolicy,
    Optional<LifecyclePolicy> statedLifecyclePolicy,
    Optional<RepositoryPolicy> repositoryPolicy) {

  /// For a Create, and for any repository but the one that the event names.
  public static final PreviousProperties NOTHING =
      new PreviousProperties(
          Optional.empty(),
          Map.of(),
          false,
          false,
          false,
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public PreviousProperties {
    tags = Map.copyOf(tags);
  }
}
