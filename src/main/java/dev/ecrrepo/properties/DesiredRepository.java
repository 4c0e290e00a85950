package dev.ecrrepo.properties;

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
/// @param valueSources for the log: each value that is asked for, and whether the template or a
///   profile states it
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
}
