package dev.ecrrepo.properties;

import dev.ecrrepo.access.RepositoryPolicyReader;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.identifier.AccountId;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.lifecycle.LifecycleProperties;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.validation.CheckedObject;
import dev.ecrrepo.validation.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lifecycle policy and the repository policy, as the properties state them.
///
/// @param lifecyclePolicy with the profile's rules: for a repository that was not adopted, or whose
///   adoption ended
/// @param statedLifecyclePolicy without the default profile's rules: for an adopted repository
///   while AdoptExisting is stated
/// @param repositoryPolicy `Access` and `RepositoryPolicyText` together
public record Policies(
    Optional<LifecyclePolicy> lifecyclePolicy,
    Optional<LifecyclePolicy> statedLifecyclePolicy,
    Optional<RepositoryPolicy> repositoryPolicy) {

  /// None is stated.
  static final Policies NONE = new Policies(Optional.empty(), Optional.empty(), Optional.empty());

  /// @param account of the registry; empty where it is not known
  static Decoded<Policies> read(
      CheckedObject properties, String partition, Optional<String> account) {
    List<Fault> faults = new ArrayList<>();
    Setting<Profile> profile = Profile.of(properties);
    LifecycleProperties own = LifecycleProperties.read(properties).addFaultsTo(faults);
    Decoded<Optional<LifecyclePolicy>> lifecycle =
        own.withDefaultsOf(profile.value().lifecycle()).policy();
    Decoded<Optional<LifecyclePolicy>> stated = profile.stated() ? lifecycle : own.policy();
    // The faults of the stated rules are usually among those of all rules, so only one list is
    // used.
    faults.addAll(lifecycle.faults().isEmpty() ? stated.faults() : lifecycle.faults());
    registryFault(properties, account).ifPresent(faults::add);
    Optional<RepositoryPolicy> repository =
        RepositoryPolicyReader.read(properties, partition).addFaultsTo(faults);
    return new Decoded<>(new Policies(lifecycle.value(), stated.value(), repository), faults);
  }

  /// Reads without validating; unreadable values are left out.
  static Policies readUnchecked(CheckedObject properties, String partition) {
    Setting<Profile> profile = Profile.of(properties);
    LifecycleProperties own = LifecycleProperties.readUnchecked(properties);
    LifecycleProperties joined = own.withDefaultsOf(profile.value().lifecycle());
    return new Policies(
        joined.uncheckedPolicy(),
        (profile.stated() ? joined : own).uncheckedPolicy(),
        RepositoryPolicyReader.readUnchecked(properties, partition));
  }

  /// A lifecycle policy may name its registry; only the provider's own is possible.
  private static Optional<Fault> registryFault(
      CheckedObject properties, Optional<String> ownAccount) {
    Optional<CheckedObject> policy = properties.object(LifecycleProperties.LIFECYCLE_POLICY);
    if (policy.isEmpty() || policy.get().text("RegistryId").isEmpty()) {
      return Optional.empty();
    }
    String id = policy.get().text("RegistryId").get();
    JsonPath path = policy.get().path("RegistryId");
    if (!AccountId.isValid(id)) {
      return Optional.of(AccountId.fault(id, path));
    }
    return ownAccount.isEmpty() || id.equals(ownAccount.get())
        ? Optional.empty()
        : Optional.of(
            Fault.at(
                path,
                Fault.quote(id) + " is not the provider's registry, " + ownAccount.get(),
                "Remove it, or use the provider of that account."));
  }
}
