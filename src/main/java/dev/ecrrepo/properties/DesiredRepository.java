package dev.ecrrepo.properties;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the template asks for: checked, with defaults, policies in their final form.
///
/// @param name absent: generated from stack and logical ID
/// @param policies the lifecycle policy and the repository policy
/// @param lifecycleStated whether the template names a profile or any lifecycle property
/// @param tags the author's own
/// @param valueSources for the log: each value, and whether the template or a profile states it
public record DesiredRepository(
    Optional<String> name,
    Setting<TagMutability> tagMutability,
    Setting<Boolean> scanOnPush,
    Setting<Encryption> encryption,
    Policies policies,
    boolean lifecycleStated,
    boolean adoptExisting,
    Map<String, String> tags,
    List<String> valueSources) {

  public DesiredRepository {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    valueSources = List.copyOf(valueSources);
  }

  /// For a repository that was not adopted: the author's rules and the profile's.
  public Optional<LifecyclePolicy> lifecyclePolicy() {
    return policies.lifecycle();
  }

  /// For an adopted repository: without the rules of a profile that the template does not name.
  public Optional<LifecyclePolicy> statedLifecyclePolicy() {
    return policies.statedLifecycle();
  }

  /// `Access` and `RepositoryPolicyText` together.
  public Optional<RepositoryPolicy> repositoryPolicy() {
    return policies.repository();
  }
}
