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
/// @param lifecyclePolicy for a repository of ours: the author's rules and the profile's
/// @param statedLifecyclePolicy for an adopted repository: without the rules of a profile that the
///   template does not name
/// @param lifecycleStated whether the template names a profile or any lifecycle property
/// @param repositoryPolicy `Access` and `RepositoryPolicyText` together
/// @param tags the author's own
/// @param valueSources for the log: each value, and whether the template or a profile states it
public record DesiredRepository(
    Optional<String> name,
    Setting<TagMutability> tagMutability,
    Setting<Boolean> scanOnPush,
    Setting<Encryption> encryption,
    Optional<LifecyclePolicy> lifecyclePolicy,
    Optional<LifecyclePolicy> statedLifecyclePolicy,
    boolean lifecycleStated,
    Optional<RepositoryPolicy> repositoryPolicy,
    boolean adoptExisting,
    Map<String, String> tags,
    List<String> valueSources) {

  public DesiredRepository {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    valueSources = List.copyOf(valueSources);
  }
}
