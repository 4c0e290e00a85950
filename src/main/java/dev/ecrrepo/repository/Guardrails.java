package dev.ecrrepo.repository;

import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.TagMutability;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.Change.PutImageScanningConfiguration;
import dev.ecrrepo.repository.Change.PutImageTagMutability;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.Plan.Proceed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The limits that whoever deploys the provider has set. They judge the changes of a plan, not what
/// a repository has already: tightening one does not break the rollback of a stack that lives.
///
/// @param namePrefix empty: any
/// @param allowedGrantAccounts account IDs that policies may name; empty: any
/// @param allowedOrganizations organization IDs that policies may name; empty: any
/// @param allowedKmsKeys key ARNs; empty: any
/// @param allowedStackAccounts accounts, beside the function's own, whose stacks it serves
/// @param defaultTags written under the author's own
public record Guardrails(
    String namePrefix,
    Set<String> allowedGrantAccounts,
    Set<String> allowedOrganizations,
    boolean allowPublicAccess,
    boolean requireImmutableTags,
    boolean requireScanOnPush,
    boolean requireKmsEncryption,
    Set<String> allowedKmsKeys,
    boolean allowEmptyOnDelete,
    boolean allowAdoption,
    Set<String> allowedStackAccounts,
    Map<String, String> defaultTags) {

  public Guardrails {
    defaultTags = Collections.unmodifiableMap(new LinkedHashMap<>(defaultTags));
  }

  /// All that stands against a plan, a sentence each; empty if nothing does. An adoption is judged
  /// by all that the repository will then be.
  List<String> objections(
      Proceed plan, String name, String account, Optional<ObservedRepository> observed) {
    Optional<ObservedRepository> adopted = observed.filter(_ -> plan.adopts());
    Optional<CreateRepository> created = first(plan, CreateRepository.class);
    List<String> objections = new ArrayList<>();
    if ((created.isPresent() || plan.adopts()) && !name.startsWith(namePrefix)) {
      objections.add(
          objection(
              "RepositoryName",
              "NamePrefix",
              "names must begin with \"%s\", and \"%s\" does not".formatted(namePrefix, name)));
    }
    first(plan, PutImageTagMutability.class)
        .map(PutImageTagMutability::tagMutability)
        .or(() -> created.map(CreateRepository::tagMutability))
        .or(() -> adopted.map(ObservedRepository::tagMutability))
        .flatMap(this::tagMutability)
        .ifPresent(objections::add);
    first(plan, PutImageScanningConfiguration.class)
        .map(PutImageScanningConfiguration::scanOnPush)
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
        .flatMap(this::encryption)
        .ifPresent(objections::add);
    objections.addAll(grants(plan, account, observed));
    return objections;
  }

  /// Of a policy that is set, whom it lets in anew; of one that an adoption takes over, everybody.
  private List<String> grants(Proceed plan, String account, Optional<ObservedRepository> observed) {
    Optional<String> live = observed.flatMap(ObservedRepository::repositoryPolicy);
    Optional<String> policy =
        first(plan, SetRepositoryPolicy.class)
            .map(SetRepositoryPolicy::text)
            .or(() -> live.filter(_ -> plan.adopts()));
    return policy
        .map(text ->
            new GrantGuardrails(allowedGrantAccounts, allowedOrganizations, allowPublicAccess)
                .objections(text, live.filter(_ -> !plan.adopts()), account))
        .orElse(List.of());
  }

  private Optional<String> tagMutability(TagMutability value) {
    // With exclusions is not enough: the filter * would make every tag mutable.
    return requireImmutableTags && value.mode() != TagMutability.Mode.IMMUTABLE
        ? Optional.of(
            objection(
                "ImageTagMutability",
                "RequireImmutableTags",
                "only IMMUTABLE is allowed, and this would be " + value.mode()))
        : Optional.empty();
  }

  private Optional<String> encryption(Encryption value) {
    if (value.type() == Encryption.Type.AES256) {
      return requireKmsEncryption
          ? Optional.of(
              objection(
                  "EncryptionConfiguration",
                  "RequireKmsEncryption",
                  "repositories must be encrypted with KMS, and this would be AES256"))
          : Optional.empty();
    }
    if (allowedKmsKeys.isEmpty() || value.kmsKey().filter(this::isAllowedKey).isPresent()) {
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

  private boolean isAllowedKey(String key) {
    return !KmsKey.isAlias(key)
        && allowedKmsKeys.stream().anyMatch(allowed -> KmsKey.same(key, allowed));
  }

  /// One form for all: property, guardrail, limit, and who can change it.
  static String objection(String property, String guardrail, String limit) {
    return """
    %s: the provider's guardrail %s says that %s. Whoever deploys the \
    provider can change it.\
    """
        .formatted(property, guardrail, limit);
  }

  private static <T extends Change> Optional<T> first(Proceed plan, Class<T> kind) {
    return plan.changes().stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
