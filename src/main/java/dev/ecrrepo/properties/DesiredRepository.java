package dev.ecrrepo.properties;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the template wants: checked, defaults filled in, policies in their final form.
///
/// @param name absent: generated from stack and logical ID
/// @param lifecyclePolicy for a repository of ours: the author's wishes joined with the profile's
/// @param statedLifecyclePolicy for an adopted repository: without the rules of a profile that the
///   template does not name
/// @param lifecycleStated whether the template names a profile or any lifecycle property
/// @param repositoryPolicy `Access` and `RepositoryPolicyText` together
/// @param tags the author's own
/// @param origins for the log: what each value is and whether the template or a profile says so
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
    List<String> origins) {

  public DesiredRepository {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    origins = List.copyOf(origins);
  }
}
