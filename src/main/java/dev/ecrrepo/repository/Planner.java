package dev.ecrrepo.repository;

import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.Setting;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.Change.PutImageScanningConfiguration;
import dev.ecrrepo.repository.Change.PutImageTagMutability;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.Change.UntagResource;
import dev.ecrrepo.repository.Observation.Absent;
import dev.ecrrepo.repository.Observation.Foreign;
import dev.ecrrepo.repository.Observation.Owned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The difference between what is desired and what was observed, as a plan. Pure: the same question
/// has the same answer, and after its changes the next plan is empty.
final class Planner {

  private static final int MAX_TAGS = 50 - Ownership.KEYS.size();

  private final Guardrails guardrails;
  private final String account;

  /// @param account of the registry, empty where it is not known
  Planner(Guardrails guardrails, String account) {
    this.guardrails = guardrails;
    this.account = account;
  }

  Plan plan(Intent intent, Observation observation) {
    int tags = desiredTags(intent.desired(), false).size();
    if (tags > MAX_TAGS) {
      return new Plan.Refuse(
          """
          Tags: a repository takes 50 tags, six of them are the provider's own, so 44 are left for\
           the template's and the provider's default tags together; here are %d. Remove %d.\
          """
              .formatted(tags, tags - MAX_TAGS));
    }
    return switch (observation) {
      case Absent _ -> judged(create(intent), intent, Optional.empty());
      case Owned(ObservedRepository repository) when isOwn(intent, repository) ->
          keep(intent, repository, Map.of());
      case Owned(ObservedRepository repository) -> adopt(intent, repository);
      case Foreign(ObservedRepository repository) -> adopt(intent, repository);
    };
  }

  /// A Create owns only what a delivery of itself has made; an Update, all that carries its tags.
  private static boolean isOwn(Intent intent, ObservedRepository repository) {
    return !intent.creating()
        || repository.ownership().createdBy().filter(intent.requestId()::equals).isPresent();
  }

  private Plan.Proceed create(Intent intent) {
    DesiredRepository desired = intent.desired();
    Map<String, String> tags = desiredTags(desired, false);
    tags.putAll(Ownership.created(intent.self(), intent.requestId()));
    List<Change> policies = new ArrayList<>();
    desired.lifecyclePolicy().ifPresent(p -> policies.add(new PutLifecyclePolicy(p.text())));
    desired.repositoryPolicy().ifPresent(p -> policies.add(new SetRepositoryPolicy(p.text())));
    return Plan.Proceed.with(
        List.of(
            List.of(
                new CreateRepository(
                    intent.name(),
                    desired.tagMutability().value(),
                    desired.scanOnPush().value(),
                    desired.encryption().value(),
                    tags)),
            policies));
  }

  private Plan adopt(Intent intent, ObservedRepository repository) {
    return switch (Adoption.of(intent, repository, guardrails)) {
      case Adoption.Refused(String reason) -> new Plan.Refuse(reason);
      case Adoption.Allowed(Map<String, String> tags) -> keep(intent, repository, tags);
    };
  }

  /// @param adopting the tags that take it over; empty for a repository that is ours already
  private Plan keep(Intent intent, ObservedRepository repository, Map<String, String> adopting) {
    DesiredRepository desired = intent.desired();
    Optional<String> unchangeable = encryptionDiffers(desired.encryption(), repository);
    if (unchangeable.isPresent()) {
      return new Plan.Refuse(unchangeable.get());
    }
    boolean adopted = !adopting.isEmpty() || repository.ownership().adopted();
    List<String> warnings = new ArrayList<>();
    List<Change> first = new ArrayList<>();
    List<Change> then = new ArrayList<>();

    Map<String, String> tags = missing(desiredTags(desired, adopted), repository.tags());
    List<Change> ownership = tagsThatDiffer(adopting, repository.tags());
    List<String> dropped = droppedTags(intent, repository, adopted);
    if (!tags.isEmpty()) {
      first.add(new TagResource(tags));
    }
    if (!dropped.isEmpty()) {
      (tags.isEmpty() ? first : then).add(new UntagResource(dropped));
    }
    boolean mutability =
        counts(desired.tagMutability(), adopted)
            && !desired.tagMutability().value().equals(repository.tagMutability());
    if (mutability) {
      first.add(new PutImageTagMutability(desired.tagMutability().value()));
    }
    if (counts(desired.scanOnPush(), adopted)
        && desired.scanOnPush().value() != repository.scanOnPush()) {
      // Both write the repository's own record: one after the other.
      (mutability ? then : first)
          .add(new PutImageScanningConfiguration(desired.scanOnPush().value()));
    }
    PolicyPlanner.lifecycle(intent, repository, adopted, warnings).ifPresent(first::add);
    PolicyPlanner.repositoryPolicy(intent, repository, warnings).ifPresent(first::add);
    return judged(
        new Plan.Proceed(List.of(ownership, first, then), !adopting.isEmpty(), warnings),
        intent,
        Optional.of(repository));
  }

  /// For an adopted repository only what the template says counts.
  private static boolean counts(Setting<?> setting, boolean adopted) {
    return !adopted || setting.stated();
  }

  private Map<String, String> desiredTags(DesiredRepository desired, boolean adopted) {
    Map<String, String> tags =
        adopted ? new LinkedHashMap<>() : new LinkedHashMap<>(guardrails.defaultTags());
    tags.putAll(desired.tags());
    return tags;
  }

  private static List<Change> tagsThatDiffer(Map<String, String> wanted, Map<String, String> live) {
    Map<String, String> missing = missing(wanted, live);
    return missing.isEmpty() ? List.of() : List.of(new TagResource(missing));
  }

  private static Map<String, String> missing(Map<String, String> wanted, Map<String, String> live) {
    Map<String, String> missing = new LinkedHashMap<>(wanted);
    missing.entrySet().removeIf(tag -> tag.getValue().equals(live.get(tag.getKey())));
    return missing;
  }

  /// Only tags that this resource stated before go: other people's tags stay.
  private List<String> droppedTags(Intent intent, ObservedRepository repository, boolean adopted) {
    Map<String, String> wanted = desiredTags(intent.desired(), adopted);
    return intent.before().tagKeys().stream()
        .filter(key -> !wanted.containsKey(key))
        .filter(key -> repository.tags().containsKey(key))
        .filter(key -> !key.startsWith(Ownership.PREFIX))
        .sorted()
        .toList();
  }

  /// A profile's encryption counts only at creation, an explicit one always.
  private static Optional<String> encryptionDiffers(
      Setting<Encryption> desired, ObservedRepository repository) {
    Encryption live = repository.encryption();
    Encryption wanted = desired.value();
    boolean same =
        wanted.type() == live.type()
            && wanted
                .kmsKey()
                .flatMap(key -> live.kmsKey().map(liveKey -> KmsKey.couldBeSame(key, liveKey)))
                .orElse(true);
    if (desired.source() != Setting.Source.PROPERTY || same) {
      return Optional.empty();
    }
    return Optional.of(
        """
        EncryptionConfiguration: repository %s is encrypted with %s, the template \
        asks for %s, and ECR cannot change the encryption of a repository. Nothing \
        was changed. Either state what it has; or give a new RepositoryName, copy \
        the images there, and deploy.\
        """
            .formatted(repository.name(), words(live), words(wanted)));
  }

  private static String words(Encryption encryption) {
    return encryption.type() + encryption.kmsKey().map(key -> " and key " + key).orElse("");
  }

  private Plan judged(Plan.Proceed plan, Intent intent, Optional<ObservedRepository> observed) {
    List<String> objections = guardrails.objections(plan, intent.name(), account, observed);
    return objections.isEmpty() ? plan : new Plan.Refuse(String.join(" ", objections));
  }
}
