package dev.ecrrepo.properties;

import dev.ecrrepo.access.RepositoryPolicy;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.lifecycle.LifecycleWishes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final Policies NONE =
      new Policies(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  private static final List<String> LIFECYCLE =
      List.of(
          "Profile",
          "LifecyclePolicy",
          "LifecycleRules",
          "ExpireUntaggedAfterDays",
          "MaxImageCount",
          "ExpireAllImagesAfterDays",
          "ProtectedTags");

  /// With the name, because a grant may depend on it.
  private static final List<String> REPOSITORY =
      List.of("RepositoryName", "Access", "RepositoryPolicyText");

  static Policies read(JsonObject properties, String partition, List<Fault> faults) {
    Policies lifecycle = lifecycle(properties, faults);
    Policies repository = repository(properties, partition, faults);
    return new Policies(
        lifecycle.lifecycle,
        lifecycle.statedLifecycle,
        repository.repository,
        lifecycle.overridden);
  }

  /// Those without a fault: one that has any never came into force.
  static Policies readSound(Schema schema, String partition, JsonObject properties) {
    Policies lifecycle = sound(schema, partition, only(LIFECYCLE, properties));
    Policies repository = sound(schema, partition, only(REPOSITORY, properties));
    return new Policies(
        lifecycle.lifecycle, lifecycle.statedLifecycle, repository.repository, List.of());
  }

  private static Policies sound(Schema schema, String partition, JsonObject properties) {
    List<Fault> faults = new ArrayList<>();
    Policies policies = read(properties, partition, faults);
    return faults.isEmpty() && SchemaCheck.of(schema, properties).passed() ? policies : NONE;
  }

  private static JsonObject only(List<String> names, JsonObject properties) {
    Map<String, Json> members = new LinkedHashMap<>(properties.members());
    members.keySet().retainAll(names);
    return new JsonObject(members);
  }

  private static Policies lifecycle(JsonObject properties, List<Fault> faults) {
    Setting<Profile> profile = Profile.of(properties);
    LifecycleWishes wishes = LifecycleWishes.read(properties, faults);
    LifecycleWishes joined = wishes.over(profile.value().lifecycle());
    return new Policies(
        joined.policy(faults),
        // Fewer rules than above, hence no fault that is not among the ones above.
        (profile.stated() ? joined : wishes).policy(new ArrayList<>()),
        Optional.empty(),
        wishes.overridden());
  }

  private static Policies repository(JsonObject properties, String partition, List<Fault> faults) {
    return new Policies(
        Optional.empty(),
        Optional.empty(),
        RepositoryPolicy.read(
            properties.get("Access"),
            properties.get("RepositoryPolicyText"),
            properties.string("RepositoryName").filter(name -> !name.isEmpty()),
            partition,
            faults),
        List.of());
  }
}
