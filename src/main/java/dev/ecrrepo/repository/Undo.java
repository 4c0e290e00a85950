package dev.ecrrepo.repository;

import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.Change.DeleteLifecyclePolicy;
import dev.ecrrepo.repository.Change.DeleteRepository;
import dev.ecrrepo.repository.Change.DeleteRepositoryPolicy;
import dev.ecrrepo.repository.Change.PutImageScanningConfiguration;
import dev.ecrrepo.repository.Change.PutImageTagMutability;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.Change.UntagResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What takes a change back, given how the repository was before.
final class Undo {

  private Undo() {}

  static List<Change> of(Change change, ObservedRepository before) {
    return switch (change) {
      case TagResource(Map<String, String> tags) -> tags(tags, before.tags());
      case UntagResource(List<String> keys) -> retag(keys, before.tags());
      case PutImageTagMutability _ -> List.of(new PutImageTagMutability(before.tagMutability()));
      case PutImageScanningConfiguration _ ->
          List.of(new PutImageScanningConfiguration(before.scanOnPush()));
      case PutLifecyclePolicy _, DeleteLifecyclePolicy _ ->
          List.of(
              before
                  .lifecyclePolicy()
                  .<Change>map(PutLifecyclePolicy::new)
                  .orElseGet(DeleteLifecyclePolicy::new));
      case SetRepositoryPolicy _, DeleteRepositoryPolicy _ ->
          List.of(
              before
                  .repositoryPolicy()
                  .<Change>map(SetRepositoryPolicy::new)
                  .orElseGet(DeleteRepositoryPolicy::new));
      case CreateRepository _, DeleteRepository _ -> List.of();
    };
  }

  private static List<Change> tags(Map<String, String> written, Map<String, String> before) {
    List<String> added = written.keySet().stream().filter(key -> !before.containsKey(key)).toList();
    List<Change> changes = new ArrayList<>(retag(List.copyOf(written.keySet()), before));
    if (!added.isEmpty()) {
      changes.add(new UntagResource(added));
    }
    return changes;
  }

  private static List<Change> retag(List<String> keys, Map<String, String> before) {
    Map<String, String> old = new LinkedHashMap<>();
    for (String key : keys) {
      if (before.containsKey(key)) {
        old.put(key, before.get(key));
      }
    }
    return old.isEmpty() ? List.of() : List.of(new TagResource(old));
  }
}
