package dev.ecrrepo.plan;

import dev.ecrrepo.plan.Plan.Objection;
import dev.ecrrepo.repository.NamePrefix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The limits that whoever deploys the provider has set. They apply to the changes of a plan, and
/// to a whole repository only when it is adopted: tightening one does not break the rollback of an
/// existing stack.
public record Guardrails(
    NamePrefix namePrefix,
    GrantGuardrails grants,
    boolean requireImmutableTags,
    boolean requireScanOnPush,
    EncryptionLimits encryption,
    LifecycleLimits lifecycle,
    TagRules tags,
    boolean allowAdoption,
    boolean allowEmptyOnDelete) {

  /// How new repositories must be encrypted.
  ///
  /// @param requireKms whether AES256 is refused
  /// @param allowedKeys ARNs of KMS keys; empty: any
  public record EncryptionLimits(boolean requireKms, Set<String> allowedKeys) {
    public EncryptionLimits {
      allowedKeys = inOrder(allowedKeys);
    }
  }

  /// What lifecycle rules for tagged or all images may expire.
  ///
  /// @param minExpiryDays they may not expire them earlier; 0: no limit
  /// @param minImageCount they may not keep fewer; 0: no limit
  public record LifecycleLimits(int minExpiryDays, int minImageCount) {}

  /// The tags that the operator wants on repositories.
  ///
  /// @param required keys that every new or adopted repository must have
  /// @param defaults added unless the template states the same key
  public record TagRules(Set<String> required, Map<String, String> defaults) {
    public TagRules {
      required = inOrder(required);
      defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    }

    /// A template's tags, and each default tag whose key the template does not state.
    Map<String, String> withDefaults(Map<String, String> stated) {
      return withFittingDefaults(stated, Set.of(), Integer.MAX_VALUE);
    }

    /// The tags of a repository that exists: the template's, and as many of the default ones as
    /// fit. Defaults that the operator adds later must not make the updates and rollbacks of a
    /// stack fail.
    ///
    /// @param present the keys that the repository has: these defaults come first
    Map<String, String> withFittingDefaults(
        Map<String, String> stated, Set<String> present, int limit) {
      Map<String, String> all = new LinkedHashMap<>(stated);
      Stream.concat(
              defaults.keySet().stream().filter(present::contains), defaults.keySet().stream())
          .filter(key -> !stated.containsKey(key))
          .distinct()
          .limit(Math.max(0, limit - stated.size()))
          .forEach(key -> all.put(key, defaults.get(key)));
      return all;
    }
  }

  /// An unmodifiable copy in the operator's order, which the messages show.
  static Set<String> inOrder(Set<String> values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(values));
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
