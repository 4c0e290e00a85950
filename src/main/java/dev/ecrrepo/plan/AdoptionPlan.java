package dev.ecrrepo.plan;

import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The plan of a take-over that is allowed. It changes nothing but the provider's own tags, so that
/// a deployment that fails has nothing to put back; where more would have to change, it refuses.
final class AdoptionPlan {

  private AdoptionPlan() {}

  static Plan plan(
      ReconcileRequest request, ObservedRepository repository, AdoptionDecision.Allowed allowed) {
    Differences differences =
        allowed.fromSameStack()
            ? Differences.of(request, repository, repository.ownership().adopted())
            : Differences.ofForeign(request, repository);
    if (EncryptionDifference.exists(request, repository)) {
      return RefusalMessages.encryption(request.desired().encryption().value(), repository);
    }
    List<String> differing = differing(differences, request, repository);
    if (!differing.isEmpty()) {
      return new Plan.Refuse(
          allowed.fromSameStack()
              ? RefusalMessages.renameDiffers(repository, differing)
              : RefusalMessages.adoptionDiffers(repository, differing));
    }
    Map<String, String> tags = new LinkedHashMap<>(allowed.tags());
    tags.put(AppliedRecord.TAG, differences.nextRecord().text());
    return new Plan.Proceed(
        List.of(List.of(new TagResource(repository.tagsToSet(tags)))),
        true,
        !allowed.fromSameStack(),
        List.of());
  }

  /// What would have to change; without values of tags, which may be secret.
  private static List<String> differing(
      Differences differences, ReconcileRequest request, ObservedRepository repository) {
    List<String> differing = differences.names();
    repository
        .tagsToSet(request.desired().tags())
        .keySet()
        .forEach(key -> differing.add("the tag " + key));
    return differing;
  }
}
