package dev.ecrrepo.properties;

import dev.ecrrepo.access.RepositoryPolicy;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import java.util.Optional;
import java.util.Set;

/// What an Update's old properties stated, as far as it can be read: after a failed update they may
/// be the faulty ones.
///
/// @param lifecyclePolicy with the profile's rules
/// @param statedLifecyclePolicy without the rules of a profile that the template did not name
public record StatedBefore(
    Optional<String> repositoryName,
    Set<String> tagKeys,
    Optional<LifecyclePolicy> lifecyclePolicy,
    Optional<LifecyclePolicy> statedLifecyclePolicy,
    Optional<RepositoryPolicy> repositoryPolicy) {

  /// On a Create.
  public static final StatedBefore NOTHING =
      new StatedBefore(
          Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

  public StatedBefore {
    tagKeys = Set.copyOf(tagKeys);
  }
}
