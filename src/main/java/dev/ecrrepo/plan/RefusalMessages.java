package dev.ecrrepo.plan;

import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.PreviousProperties;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.AppliedRecord.Aspect;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Sentences about what the provider does not change: ECR cannot, or no rollback could bring it
/// back.
public final class RefusalMessages {

  private RefusalMessages() {}

  public static String olderEvent(String repository) {
    return "This event is older than what was last applied to repository %s, so nothing was changed."
        .formatted(repository);
  }

  static String adoptionDiffers(ObservedRepository repository, List<String> differing) {
    return """
    Adoption does not change a repository, but repository %s differs from the template: %s. State \
    what the repository has, or leave it out (also Profile, whose values count as stated), and \
    deploy. You can change it in the next \
    deployment. `aws ecr describe-repositories --repository-names %s` shows its settings; `%s` \
    and `%s` show its policies.\
    """
        .formatted(
            repository.name(),
            String.join(", ", differing),
            repository.name(),
            showCommand("lifecycle", repository.name()),
            showCommand("repository", repository.name()));
  }

  /// The template cannot correct what a guardrail has against a repository that is to be adopted.
  static List<Plan.Objection> asItIs(List<Plan.Objection> objections, String repository) {
    return Plan.Objection.withAdvice(
        objections,
        "Adoption does not change repository "
            + repository
            + ". Change it first, with the AWS CLI or in the console.");
  }

  static String renameDiffers(ObservedRepository repository, List<String> differing) {
    return """
    Another logical ID of this stack has repository %s. A new logical ID can take it over only if \
    its properties match the repository, and these differ: %s. Give the new logical ID the \
    properties of the old one. If others changed the repository, first deploy under the old logical \
    ID, which repairs it, and then change the logical ID.\
    """
        .formatted(repository.name(), String.join(", ", differing));
  }

  /// Giving an adoption up makes every default count. Where one would change what the repository
  /// has though nobody asks for it, the author has to say which. A resource that returns to the
  /// repository from another one may have given the adoption up before: then the record says what
  /// was wanted.
  static Optional<String> defaultsWouldChange(
      ReconcileRequest request, ObservedRepository repository, Differences differences) {
    DesiredRepository desired = request.desired();
    PreviousProperties previous = request.previous();
    Predicate<Aspect> mayBeNew =
        aspect -> request.replaces().isEmpty() || aspect.wanted().isEmpty();
    AppliedRecord last = repository.applied().orElseGet(AppliedRecord::nothing);
    List<String> open = new ArrayList<>();
    if (!desired.tagMutability().stated()
        && !previous.statesTagMutability()
        && mayBeNew.test(last.tagMutability())) {
      differences
          .tagMutabilityChange()
          .ifPresent(change ->
              open.add(
                  "ImageTagMutability: %s to keep it, or %s to change it"
                      .formatted(
                          repository.tagMutability().mode(), change.tagMutability().mode())));
    }
    if (!desired.scanOnPush().stated()
        && !previous.statesScanOnPush()
        && mayBeNew.test(last.scanOnPush())) {
      differences
          .scanOnPushChange()
          .ifPresent(change ->
              open.add(
                  "ImageScanningConfiguration.ScanOnPush: %s to keep it, or %s to change it"
                      .formatted(repository.scanOnPush(), change.scanOnPush())));
    }
    if (!desired.lifecycleStated()
        && !previous.statesLifecycle()
        && mayBeNew.test(last.lifecyclePolicy())
        && differences.policies().lifecycle() != PolicyDecision.NOTHING) {
      open.add(
          repository.lifecyclePolicy().isPresent()
              ? "LifecyclePolicy with what `%s` shows to keep it, or the lifecycle properties that you want"
                  .formatted(showCommand("lifecycle", repository.name()))
              : "ExpireUntaggedAfterDays: Never to keep all images, or a number of days");
    } else if (differences.policies().addsDefaultLifecycleRules()) {
      open.add("ExpireUntaggedAfterDays: Never to keep untagged images, or a number of days");
    }
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            """
            Without AdoptExisting: true the defaults apply, and they would change repository %s. \
            Nothing was changed. State %s.\
            """
                .formatted(repository.name(), String.join("; ", open)));
  }

  static Optional<String> foreignPolicy(
      PolicyDecision decision, String which, ObservedRepository repository) {
    return decision == PolicyDecision.REFUSE
        ? Optional.of(
            """
            Repository %1$s has a %2$s policy that this resource did not write, and no rollback \
            could bring it back, so it is not replaced. `%3$s` shows it. State exactly that and \
            deploy, then change it; or remove it with `%4$s` and deploy again.\
            """
                .formatted(
                    repository.name(),
                    which,
                    showCommand(which, repository.name()),
                    removeCommand(which, repository.name())))
        : Optional.empty();
  }

  static Optional<String> policyKept(
      PolicyDecision decision, String which, ObservedRepository repository) {
    return decision == PolicyDecision.KEEP_FOREIGN
        ? Optional.of(
            "The %s policy is no longer stated, but was written outside this stack, so it stays. `%s` removes it."
                .formatted(which, removeCommand(which, repository.name())))
        : Optional.empty();
  }

  static Optional<String> requiredTagsKept(List<String> keys) {
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The template no longer states the tags %s. They stay, because the provider's guardrail RequiredTags names them."
                .formatted(String.join(", ", keys)));
  }

  static Plan.Refuse encryption(Encryption wanted, ObservedRepository repository) {
    return new Plan.Refuse(
        """
        EncryptionConfiguration: repository %s is encrypted with %s, the template \
        asks for %s, and ECR cannot change the encryption of a repository. Nothing \
        was changed. State the encryption that it has. To change the encryption, also add a second \
        resource with another RepositoryName and the new encryption, deploy, copy the images, and \
        then remove this resource.\
        """
            .formatted(repository.name(), words(repository.encryption()), words(wanted)));
  }

  private static String words(Encryption encryption) {
    return encryption.type() + encryption.kmsKey().map(key -> " and key " + key).orElse("");
  }

  private static String showCommand(String which, String repository) {
    return "aws ecr get-%s-policy --repository-name %s".formatted(which, repository);
  }

  private static String removeCommand(String which, String repository) {
    return "aws ecr delete-%s-policy --repository-name %s".formatted(which, repository);
  }
}
