package dev.ecrrepo.plan;

import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.AppliedRecord.Aspect;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.Registry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The plan for a repository that does not exist. One call creates it with its settings and all of
/// its tags; the policies follow.
final class CreationPlan {

  private CreationPlan() {}

  /// @param tags the template's and the provider's default tags
  static Proceed of(ReconcileRequest request, Map<String, String> tags, Registry registry) {
    DesiredRepository desired = request.desired();
    Map<String, String> all = new LinkedHashMap<>(tags);
    all.putAll(Ownership.creationTags(request.self(), request.requestId()));
    all.put(AppliedRecord.TAG, record(request, registry).text());
    List<Change> policies = new ArrayList<>();
    desired.policies().lifecyclePolicy().ifPresent(p -> policies.add(new PutLifecyclePolicy(p)));
    desired.policies().repositoryPolicy().ifPresent(p -> policies.add(new SetRepositoryPolicy(p)));
    return Proceed.ofCreation(
        List.of(List.of(CreateRepository.of(request.name(), desired, all)), policies));
  }

  private static AppliedRecord record(ReconcileRequest request, Registry registry) {
    DesiredRepository desired = request.desired();
    String account = registry.account().orElse("");
    return new AppliedRecord(
        request.time(),
        Aspect.of(Optional.of(AppliedRecord.encode(desired.tagMutability().value()))),
        Aspect.of(Optional.of(Boolean.toString(desired.scanOnPush().value()))),
        Aspect.of(desired.policies().lifecyclePolicy().map(ObservedRepository::digest)),
        Aspect.of(
            desired.policies().repositoryPolicy().map(p -> ObservedRepository.digest(p, account))),
        Optional.empty());
  }
}
