package dev.ecrrepo.plan;

import dev.ecrrepo.plan.Plan.Objection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The limits that whoever deploys the provider has set. They apply to the changes of a plan, and
/// to a whole repository only when it is adopted: tightening one does not break the rollback of an
/// existing stack.
///
/// @param namePrefix empty: any
/// @param formerNamePrefix what `namePrefix` was before; absent: it never changed
/// @param allowedGrantAccounts account IDs that policies may name. If this and
///   `allowedOrganizations` are empty, policies may name any account and organization; otherwise
///   only those listed, and the repository's own account
/// @param allowedOrganizations organization IDs that policies may name
/// @param allowedKmsKeys key ARNs; empty: any
/// @param minExpiryDays rules for tagged or all images may not expire them earlier; 0: no limit
/// @param minImageCount rules for tagged or all images may not keep fewer; 0: no limit
/// @param requiredTags keys that every new or adopted repository must have
/// @param defaultTags added unless the template states the same key
public record Guardrails(
    String namePrefix,
    Optional<String> formerNamePrefix,
    Set<String> allowedGrantAccounts,
    Set<String> allowedOrganizations,
    boolean allowPublicAccess,
    boolean requireImmutableTags,
    boolean requireScanOnPush,
    boolean requireKmsEncryption,
    Set<String> allowedKmsKeys,
    boolean allowEmptyOnDelete,
    boolean allowAdoption,
    boolean allowAdministrativeGrants,
    int minExpiryDays,
    int minImageCount,
    Set<String> requiredTags,
    Map<String, String> defaultTags) {

  public Guardrails {
    allowedGrantAccounts = copy(allowedGrantAccounts);
    allowedOrganizations = copy(allowedOrganizations);
    allowedKmsKeys = copy(allowedKmsKeys);
    requiredTags = copy(requiredTags);
    defaultTags = Collections.unmodifiableMap(new LinkedHashMap<>(defaultTags));
  }

  /// In the operator's order, which the messages show.
  private static Set<String> copy(Set<String> values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }

  /// A template's tags, and each default tag whose key the template does not state.
  Map<String, String> withDefaultTags(Map<String, String> tags) {
    return withFittingDefaultTags(tags, Set.of(), Integer.MAX_VALUE);
  }

  /// The tags of a repository that exists: the template's, and as many of the default ones as fit.
  /// Defaults that the operator adds later must not make the updates and rollbacks of a stack fail.
  ///
  /// @param present the keys that the repository has: these defaults come first
  Map<String, String> withFittingDefaultTags(
      Map<String, String> tags, Set<String> present, int limit) {
    Map<String, String> all = new LinkedHashMap<>(tags);
    Stream.concat(
            defaultTags.keySet().stream().filter(present::contains), defaultTags.keySet().stream())
        .filter(key -> !tags.containsKey(key))
        .distinct()
        .limit(Math.max(0, limit - tags.size()))
        .forEach(key -> all.put(key, defaultTags.get(key)));
    return all;
  }

  /// Every objection states the property, the guardrail, the limit, and who can change it.
  static Objection objection(String property, String guardrail, String limit) {
    return objection(property, guardrail, limit, "");
  }

  /// @param remedy what the author of the template can do, where `limit` does not say it already
  static Objection objection(String property, String guardrail, String limit, String remedy) {
    return new Objection(
        guardrail,
        "%s: the provider's guardrail %s says that %s.%s Whoever deploys the provider can change the guardrail."
            .formatted(property, guardrail, limit, remedy.isEmpty() ? "" : " " + remedy));
  }
}
