package dev.ecrrepo.plan;

import dev.ecrrepo.identifier.KmsKey;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.lifecycle.LifecyclePolicy.ExpiringRule;
import dev.ecrrepo.plan.Plan.Objection;
import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.TagMutability;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.Change.PutImageScanningConfiguration;
import dev.ecrrepo.repository.Change.PutImageTagMutability;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.Change.UntagResource;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Registry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The limits that whoever deploys the provider has set. They judge the changes of a plan, not what
/// a repository has already: tightening one does not break the rollback of an existing stack.
///
/// @param namePrefix empty: any
/// @param formerNamePrefix what `namePrefix` was before; absent: it never changed
/// @param allowedGrantAccounts account IDs that policies may name; empty: any
/// @param allowedOrganizations organization IDs that policies may name; empty: any
/// @param allowedKmsKeys key ARNs; empty: any
/// @param minExpiryDays rules may not expire tagged images earlier; 0: no limit
/// @param minImageCount rules may not keep fewer tagged images; 0: no limit
/// @param requiredTags keys that every new repository must have
/// @param defaultTags written under the author's own
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
    defaultTags = Collections.unmodifiableMap(new LinkedHashMap<>(defaultTags));
  }

  /// A template's tags, and under them the default ones.
  Map<String, String> withDefaultTags(Map<String, String> tags) {
    Map<String, String> all = new LinkedHashMap<>(defaultTags);
    all.putAll(tags);
    return all;
  }

  /// All that stands against a plan; empty if nothing does. A take-over of what the stack did not
  /// own is judged by all that the repository will then be.
  ///
  /// @param registry whose repository it is
  public List<Objection> objections(
      Proceed plan, String name, Registry registry, Optional<ObservedRepository> observed) {
    Optional<ObservedRepository> adopted = observed.filter(_ -> plan.adopts());
    Optional<CreateRepository> created = plan.first(CreateRepository.class);
    List<Objection> objections = new ArrayList<>();
    if ((created.isPresent() || plan.adopts()) && !name.startsWith(namePrefix)) {
      objections.add(
          objection(
              "RepositoryName",
              "NamePrefix",
              "names must begin with \"%s\", and \"%s\" does not".formatted(namePrefix, name)));
    }
    plan.first(PutImageTagMutability.class)
        .map(PutImageTagMutability::tagMutability)
        .filter(set -> observed.filter(o -> o.recorded(set)).isEmpty())
        .or(() -> created.map(CreateRepository::tagMutability))
        .or(() -> adopted.map(ObservedRepository::tagMutability))
        .flatMap(this::tagMutability)
        .ifPresent(objections::add);
    plan.first(PutImageScanningConfiguration.class)
        .map(PutImageScanningConfiguration::scanOnPush)
        .filter(set -> observed.filter(o -> o.recorded(set)).isEmpty())
        .or(() -> created.map(CreateRepository::scanOnPush))
        .or(() -> adopted.map(ObservedRepository::scanOnPush))
        .filter(scanOnPush -> requireScanOnPush && !scanOnPush)
        .ifPresent(_ ->
            objections.add(
                objection(
                    "ImageScanningConfiguration.ScanOnPush",
                    "RequireScanOnPush",
                    "images must be scanned on push, so write true")));
    created
        .map(CreateRepository::encryption)
        .or(() -> adopted.map(ObservedRepository::encryption))
        .flatMap(encryption -> encryption(encryption, registry))
        .ifPresent(objections::add);
    tags(plan, created, adopted).ifPresent(objections::add);
    objections.addAll(lifecycle(plan, adopted, observed));
    objections.addAll(grants(plan, registry, observed));
    return objections;
  }

  private Optional<Objection> tags(
      Proceed plan, Optional<CreateRepository> created, Optional<ObservedRepository> adopted) {
    Set<String> missing = new LinkedHashSet<>();
    if (created.isPresent()) {
      missing.addAll(requiredTags);
      missing.removeAll(created.get().tags().keySet());
    } else if (adopted.isPresent()) {
      missing.addAll(requiredTags);
      missing.removeAll(adopted.get().tags().keySet());
    }
    plan.first(UntagResource.class)
        .map(UntagResource::keys)
        .ifPresent(keys -> requiredTags.stream().filter(keys::contains).forEach(missing::add));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            objection(
                "Tags",
                "RequiredTags",
                "a repository must have the tags "
                    + String.join(", ", requiredTags)
                    + ", and this would have no "
                    + String.join(", ", missing)));
  }

  /// A policy that is in the record was judged when it was written: a rollback may return to it.
  private List<Objection> lifecycle(
      Proceed plan, Optional<ObservedRepository> adopted, Optional<ObservedRepository> observed) {
    Optional<LifecyclePolicy> policy =
        plan.first(PutLifecyclePolicy.class)
            .map(PutLifecyclePolicy::policy)
            .filter(set -> !plan.adopts() && observed.filter(o -> o.recorded(set)).isEmpty())
            .or(() -> adopted.flatMap(ObservedRepository::lifecyclePolicy));
    return policy.map(LifecyclePolicy::expiringRules).orElse(List.of()).stream()
        .flatMap(rule -> expiry(rule).stream())
        .toList();
  }

  private Optional<Objection> expiry(ExpiringRule rule) {
    int minimum = rule.byCount() ? minImageCount : minExpiryDays;
    if (minimum == 0 || rule.limit() >= minimum) {
      return Optional.empty();
    }
    return Optional.of(
        rule.byCount()
            ? objection(
                "The lifecycle policy's " + rule.name(),
                "MinImageCount",
                "a rule for tagged or all images must keep at least the newest %d"
                    .formatted(minimum))
            : objection(
                "The lifecycle policy's " + rule.name(),
                "MinExpiryDays",
                "tagged images may not expire before %d days".formatted(minimum)));
  }

  /// Of a policy that is set, what it grants anew; of one that an adoption takes over, everything.
  private List<Objection> grants(
      Proceed plan, Registry registry, Optional<ObservedRepository> observed) {
    Optional<RepositoryPolicy> live = observed.flatMap(ObservedRepository::repositoryPolicy);
    Optional<RepositoryPolicy> policy =
        plan.adopts()
            ? live
            : plan.first(SetRepositoryPolicy.class)
                .map(SetRepositoryPolicy::policy)
                .filter(set -> observed.filter(o -> o.recorded(set)).isEmpty());
    String ownAccount =
        observed.map(ObservedRepository::registryId).or(registry::account).orElse("");
    return policy
        .map(set ->
            new GrantGuardrails(
                    allowedGrantAccounts,
                    allowedOrganizations,
                    allowPublicAccess,
                    allowAdministrativeGrants)
                .objections(set, live.filter(_ -> !plan.adopts()), ownAccount))
        .orElse(List.of());
  }

  private Optional<Objection> tagMutability(TagMutability value) {
    // With exclusions is not enough: the filter * would make every tag mutable.
    return requireImmutableTags && !value.is(TagMutability.Mode.IMMUTABLE)
        ? Optional.of(
            objection(
                "ImageTagMutability",
                "RequireImmutableTags",
                "only IMMUTABLE is allowed, and this would be " + value.mode()))
        : Optional.empty();
  }

  private Optional<Objection> encryption(Encryption value, Registry registry) {
    if (value.is(Encryption.Type.AES256)) {
      return requireKmsEncryption
          ? Optional.of(
              objection(
                  "EncryptionConfiguration",
                  "RequireKmsEncryption",
                  "repositories must be encrypted with KMS, and this would be AES256"))
          : Optional.empty();
    }
    if (allowedKmsKeys.isEmpty()
        || value.kmsKey().filter(key -> isAllowedKey(key, registry)).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        objection(
            "EncryptionConfiguration.KmsKey",
            "AllowedKmsKeys",
            "the key must be one of %s (its ARN or ID, no alias), and this would be %s"
                .formatted(
                    String.join(", ", allowedKmsKeys),
                    value.kmsKey().orElse("ECR's own key aws/ecr"))));
  }

  private boolean isAllowedKey(String key, Registry registry) {
    return allowedKmsKeys.contains(
        KmsKey.arn(key, registry.partition(), registry.region(), registry.account().orElse("")));
  }

  /// One form for all: property, guardrail, limit, and who can change it.
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
