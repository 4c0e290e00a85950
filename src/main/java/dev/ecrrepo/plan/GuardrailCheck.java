package dev.ecrrepo.plan;

import static dev.ecrrepo.plan.Guardrails.objection;

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
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Registry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The guardrails that a plan violates: one method for each. A plan that adopts is checked against
/// the whole repository; any other plan, only against what it changes. What the record says was
/// checked when it was written, so that a rollback can return to it.
///
/// @param observed the repository that exists
record GuardrailCheck(
    Guardrails limits,
    Proceed plan,
    String name,
    Registry registry,
    Optional<ObservedRepository> observed) {

  List<Objection> objections() {
    return Stream.of(
            checkName(),
            checkTagMutability(),
            checkScanOnPush(),
            checkEncryption(),
            checkTags(),
            checkLifecyclePolicy(),
            checkRepositoryPolicy())
        .flatMap(Function.identity())
        .toList();
  }

  private Optional<CreateRepository> created() {
    return plan.first(CreateRepository.class);
  }

  private Optional<ObservedRepository> adopted() {
    return observed.filter(_ -> plan.adopts());
  }

  /// Whether a value was never written before: a rollback may return to one that was.
  ///
  /// @param recorded whether the repository's record has it
  private boolean isNew(Predicate<ObservedRepository> recorded) {
    return observed.filter(recorded).isEmpty();
  }

  private Stream<Objection> checkName() {
    boolean isNew = created().isPresent() || plan.adopts();
    return isNew && !name.startsWith(limits.namePrefix().current())
        ? Stream.of(
            objection(
                "RepositoryName",
                "NamePrefix",
                "names must begin with \"%s\", and \"%s\" does not"
                    .formatted(limits.namePrefix().current(), name)))
        : Stream.empty();
  }

  private Stream<Objection> checkTagMutability() {
    // With exclusions is not enough: the filter * would make every tag mutable.
    return plan
        .first(PutImageTagMutability.class)
        .map(PutImageTagMutability::tagMutability)
        .filter(set -> isNew(repository -> repository.recordNames(set)))
        .or(() -> created().map(CreateRepository::tagMutability))
        .or(() -> adopted().map(ObservedRepository::tagMutability))
        .filter(value -> limits.requireImmutableTags() && !value.is(TagMutability.Mode.IMMUTABLE))
        .map(value ->
            objection(
                "ImageTagMutability",
                "RequireImmutableTags",
                "only IMMUTABLE is allowed, and this would be " + value.mode()))
        .stream();
  }

  private Stream<Objection> checkScanOnPush() {
    return plan
        .first(PutImageScanningConfiguration.class)
        .map(PutImageScanningConfiguration::scanOnPush)
        .filter(set -> isNew(repository -> repository.recordNames(set)))
        .or(() -> created().map(CreateRepository::scanOnPush))
        .or(() -> adopted().map(ObservedRepository::scanOnPush))
        .filter(scanOnPush -> limits.requireScanOnPush() && !scanOnPush)
        .map(_ ->
            objection(
                "ImageScanningConfiguration.ScanOnPush",
                "RequireScanOnPush",
                "images must be scanned on push, so write true"))
        .stream();
  }

  private Stream<Objection> checkEncryption() {
    return created()
        .map(CreateRepository::encryption)
        .or(() -> adopted().map(ObservedRepository::encryption))
        .flatMap(this::checkEncryption)
        .stream();
  }

  private Optional<Objection> checkEncryption(Encryption value) {
    if (value.is(Encryption.Type.AES256)) {
      return limits.encryption().requireKms()
          ? Optional.of(
              objection(
                  "EncryptionConfiguration",
                  "RequireKmsEncryption",
                  "repositories must be encrypted with KMS, and this would be AES256"))
          : Optional.empty();
    }
    if (limits.encryption().allowedKeys().isEmpty()
        || value.kmsKey().filter(this::isAllowedKey).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        objection(
            "EncryptionConfiguration.KmsKey",
            "AllowedKmsKeys",
            "KmsKey must be the ARN or the ID, not an alias, of one of the keys %s, and this would be %s"
                .formatted(
                    String.join(", ", limits.encryption().allowedKeys()),
                    value.kmsKey().orElse("the AWS managed key aws/ecr"))));
  }

  private boolean isAllowedKey(String key) {
    return limits
        .encryption()
        .allowedKeys()
        .contains(
            KmsKey.arn(
                key, registry.partition(), registry.region(), registry.account().orElse("")));
  }

  private Stream<Objection> checkTags() {
    Set<String> missing = new LinkedHashSet<>();
    created()
        .map(CreateRepository::tags)
        .or(() -> adopted().map(ObservedRepository::tags))
        .map(Map::keySet)
        .ifPresent(keys ->
            limits.tags().required().stream()
                .filter(key -> !keys.contains(key))
                .forEach(missing::add));
    return missing.isEmpty()
        ? Stream.empty()
        : Stream.of(
            objection(
                "Tags",
                "RequiredTags",
                limits.tags().required().size() == 1
                    ? "a repository must have the tag %s, which is missing"
                        .formatted(String.join(", ", missing))
                    : "a repository must have the tags %s, of which these are missing: %s"
                        .formatted(
                            String.join(", ", limits.tags().required()),
                            String.join(", ", missing))));
  }

  private Stream<Objection> checkLifecyclePolicy() {
    return plan
        .first(PutLifecyclePolicy.class)
        .map(PutLifecyclePolicy::policy)
        .filter(set -> isNew(repository -> repository.recordNames(set)))
        .or(() -> adopted().flatMap(ObservedRepository::lifecyclePolicy))
        .map(LifecyclePolicy::expiringRules)
        .stream()
        .flatMap(List::stream)
        .flatMap(rule -> checkExpiry(rule).stream());
  }

  private Optional<Objection> checkExpiry(ExpiringRule rule) {
    int minimum =
        rule.byCount() ? limits.lifecycle().minImageCount() : limits.lifecycle().minExpiryDays();
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
                "a rule for tagged or all images may not expire them before %d days"
                    .formatted(minimum)));
  }

  /// Of a policy that is set, what it grants anew; of one that an adoption takes over, everything.
  private Stream<Objection> checkRepositoryPolicy() {
    Optional<RepositoryPolicy> live = observed.flatMap(ObservedRepository::repositoryPolicy);
    Optional<RepositoryPolicy> policy =
        plan.adopts()
            ? live
            : plan.first(SetRepositoryPolicy.class)
                .map(SetRepositoryPolicy::policy)
                .filter(set -> isNew(repository -> repository.recordNames(set)));
    String ownAccount =
        observed.map(ObservedRepository::registryId).or(registry::account).orElse("");
    return policy.stream()
        .flatMap(set ->
            limits.grants().objections(set, live.filter(_ -> !plan.adopts()), ownAccount).stream());
  }
}
