package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.lifecycle.LifecycleWishes;
import dev.ecrrepo.policy.AccountId;
import dev.ecrrepo.policy.RepositoryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Both policies, as the properties state them.
///
/// @param lifecycle with the profile's rules
/// @param statedLifecycle without the rules of a profile that the template does not name
/// @param repository `Access` and `RepositoryPolicyText` together
/// @param overridden lifecycle properties without effect, because `LifecyclePolicy` is stated too
record Policies(
    Optional<LifecyclePolicy> lifecycle,
    Optional<LifecyclePolicy> statedLifecycle,
    Optional<RepositoryPolicy> repository,
    List<String> overridden) {

  /// @param account of the registry; empty where it is not known
  static Policies read(
      JsonObject properties, String partition, Optional<String> account, List<Fault> faults) {
    Setting<Profile> profile = Profile.of(properties);
    LifecycleWishes wishes = LifecycleWishes.read(properties, faults);
    LifecycleWishes joined = wishes.over(profile.value().lifecycle());
    List<Fault> lifecycleFaults = new ArrayList<>();
    Optional<LifecyclePolicy> policy = joined.policy(lifecycleFaults);
    Optional<LifecyclePolicy> stated =
        profile.stated()
            ? policy
            : wishes.policy(lifecycleFaults.isEmpty() ? lifecycleFaults : new ArrayList<>());
    faults.addAll(lifecycleFaults);
    account.flatMap(own -> foreignRegistry(properties, own)).ifPresent(faults::add);
    return new Policies(
        policy, stated, repository(properties, partition, faults), wishes.overridden());
  }

  /// As far as they can be read, right or wrong.
  static Policies readAny(JsonObject properties, String partition) {
    Setting<Profile> profile = Profile.of(properties);
    LifecycleWishes wishes = LifecycleWishes.readAny(properties);
    return new Policies(
        wishes.over(profile.value().lifecycle()).policyForComparison(),
        (profile.stated() ? wishes.over(profile.value().lifecycle()) : wishes)
            .policyForComparison(),
        RepositoryPolicy.readAny(
            properties.get("Access"),
            properties.get("RepositoryPolicyText"),
            properties.string("RepositoryName").filter(name -> !name.isEmpty()),
            partition),
        List.of());
  }

  /// A lifecycle policy may name its registry; only the provider's own is possible.
  private static Optional<Fault> foreignRegistry(JsonObject properties, String own) {
    return properties
        .get(LifecycleWishes.LIFECYCLE_POLICY)
        .flatMap(policy ->
            policy instanceof JsonObject object ? object.get("RegistryId") : Optional.empty())
        .flatMap(Scalars::text)
        .filter(id -> AccountId.isOne(id) && !id.equals(own))
        .map(id ->
            Fault.at(
                JsonPath.of(LifecycleWishes.LIFECYCLE_POLICY).member("RegistryId"),
                Fault.quote(id) + " is another registry than the provider's, " + own,
                "Remove it, or use the provider of that account."));
  }

  private static Optional<RepositoryPolicy> repository(
      JsonObject properties, String partition, List<Fault> faults) {
    return RepositoryPolicy.read(
        properties.get("Access"),
        properties.get("RepositoryPolicyText"),
        properties.string("RepositoryName").filter(name -> !name.isEmpty()),
        partition,
        faults);
  }
}
