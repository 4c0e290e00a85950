package dev.ecrrepo.properties;

import dev.ecrrepo.access.AccountId;
import dev.ecrrepo.access.RepositoryPolicy;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.lifecycle.LifecycleWishes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

  private static final Policies NONE =
      new Policies(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  /// With the profile, whose rules they go over.
  private static final List<String> LIFECYCLE =
      Stream.concat(Stream.of("Profile"), LifecycleWishes.PROPERTIES.stream()).toList();

  /// With the name, because a grant may depend on it.
  private static final List<String> REPOSITORY =
      List.of("RepositoryName", "Access", "RepositoryPolicyText");

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

  /// Those without a fault: one that has any never came into force.
  static Policies readSound(
      Schema schema, JsonObject properties, String partition, Optional<String> account) {
    Policies lifecycle = sound(schema, only(LIFECYCLE, properties), partition, account);
    Policies repository = sound(schema, only(REPOSITORY, properties), partition, account);
    return new Policies(
        lifecycle.lifecycle, lifecycle.statedLifecycle, repository.repository, List.of());
  }

  private static Policies sound(
      Schema schema, JsonObject properties, String partition, Optional<String> account) {
    List<Fault> faults = new ArrayList<>();
    Policies policies = read(properties, partition, account, faults);
    return faults.isEmpty() && SchemaCheck.of(schema, properties).passed() ? policies : NONE;
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

  private static JsonObject only(List<String> names, JsonObject properties) {
    Map<String, Json> members = new LinkedHashMap<>(properties.members());
    members.keySet().retainAll(names);
    return new JsonObject(members);
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
