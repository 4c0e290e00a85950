package dev.ecrrepo.repository;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.TagMutability;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A write operation of ECR. Each record is named after its API operation. All but the first
/// concern a repository that exists.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html
public sealed interface Change {

  /// Everything that ECR takes at creation; policies are never part of it.
  record CreateRepository(
      String name,
      TagMutability tagMutability,
      boolean scanOnPush,
      Encryption encryption,
      Map<String, String> tags)
      implements Change {

    /// @param tags all of them, also those that the provider adds
    public static CreateRepository of(
        String name, DesiredRepository desired, Map<String, String> tags) {
      return new CreateRepository(
          name,
          desired.tagMutability().value(),
          desired.scanOnPush().value(),
          desired.encryption().value(),
          tags);
    }
  }

  /// Adds tags or gives them new values.
  record TagResource(Map<String, String> tags) implements Change {}

  /// Takes tags off.
  record UntagResource(List<String> keys) implements Change {}

  /// Whether a pushed tag may be overwritten.
  record PutImageTagMutability(TagMutability tagMutability) implements Change {}

  /// Whether images are scanned when pushed.
  record PutImageScanningConfiguration(boolean scanOnPush) implements Change {}

  /// Replaces the lifecycle policy.
  record PutLifecyclePolicy(LifecyclePolicy policy) implements Change {}

  /// Removes the lifecycle policy.
  record DeleteLifecyclePolicy() implements Change {}

  /// Replaces the repository policy.
  record SetRepositoryPolicy(RepositoryPolicy policy) implements Change {}

  /// Removes the repository policy.
  record DeleteRepositoryPolicy() implements Change {}

  /// Deletes the repository.
  ///
  /// @param force whether to delete it even if it contains images
  record DeleteRepository(boolean force) implements Change {}

  /// What it does, as a person would say it: "set the lifecycle policy".
  default String describe() {
    return switch (this) {
      case CreateRepository create ->
          "create the repository %s (%s, %s, %s)"
              .formatted(
                  create.name(),
                  mutability(create.tagMutability()),
                  scanning(create.scanOnPush()),
                  create.encryption().type());
      case TagResource(Map<String, String> tags) ->
          "set the tags " + String.join(", ", tags.keySet());
      case UntagResource(List<String> keys) -> "remove the tags " + String.join(", ", keys);
      case PutImageTagMutability(TagMutability value) ->
          "set tag mutability to " + mutability(value);
      case PutImageScanningConfiguration(boolean scanOnPush) -> "set " + scanning(scanOnPush);
      case PutLifecyclePolicy _ -> "set the lifecycle policy";
      case DeleteLifecyclePolicy _ -> "remove the lifecycle policy";
      case SetRepositoryPolicy _ -> "set the repository policy";
      case DeleteRepositoryPolicy _ -> "remove the repository policy";
      case DeleteRepository(boolean force) ->
          force ? "delete all images and the repository" : "delete the repository";
    };
  }

  /// What it replaces or removes, as text. Empty for tags and for a repository as a whole, and
  /// where nothing was there.
  default Optional<String> valueBefore(ObservedRepository live) {
    return switch (this) {
      case PutLifecyclePolicy _, DeleteLifecyclePolicy _ ->
          live.lifecyclePolicy().map(LifecyclePolicy::text);
      case SetRepositoryPolicy _, DeleteRepositoryPolicy _ ->
          live.repositoryPolicy().map(RepositoryPolicy::text);
      case PutImageTagMutability _ -> Optional.of(live.tagMutability().mode());
      case PutImageScanningConfiguration _ -> Optional.of(Boolean.toString(live.scanOnPush()));
      case CreateRepository _, TagResource _, UntagResource _, DeleteRepository _ ->
          Optional.empty();
    };
  }

  /// What it writes, as text. Empty for tags, for a repository as a whole, and for a removal.
  default Optional<String> valueAfter() {
    return switch (this) {
      case PutLifecyclePolicy(LifecyclePolicy policy) -> Optional.of(policy.text());
      case SetRepositoryPolicy(RepositoryPolicy policy) -> Optional.of(policy.text());
      case PutImageTagMutability(TagMutability value) -> Optional.of(value.mode());
      case PutImageScanningConfiguration(boolean scanOnPush) ->
          Optional.of(Boolean.toString(scanOnPush));
      case CreateRepository _,
          TagResource _,
          UntagResource _,
          DeleteLifecyclePolicy _,
          DeleteRepositoryPolicy _,
          DeleteRepository _ ->
          Optional.empty();
    };
  }

  /// Whether a repository is as this change would leave it. The settings of a [CreateRepository]
  /// are not compared. A repository that exists is not as [DeleteRepository] would leave it.
  default boolean isInEffect(ObservedRepository now) {
    return switch (this) {
      case CreateRepository create -> now.name().equals(create.name());
      case TagResource(Map<String, String> tags) -> now.tagsToSet(tags).isEmpty();
      case UntagResource(List<String> keys) -> keys.stream().noneMatch(now.tags()::containsKey);
      case PutImageTagMutability(TagMutability value) -> now.tagMutability().equals(value);
      case PutImageScanningConfiguration(boolean scanOnPush) -> now.scanOnPush() == scanOnPush;
      case PutLifecyclePolicy(LifecyclePolicy policy) ->
          now.lifecyclePolicy().filter(policy::sameAs).isPresent();
      case DeleteLifecyclePolicy _ -> now.lifecyclePolicy().isEmpty();
      case SetRepositoryPolicy(RepositoryPolicy policy) ->
          now.repositoryPolicy().filter(live -> policy.sameAs(live, now.registryId())).isPresent();
      case DeleteRepositoryPolicy _ -> now.repositoryPolicy().isEmpty();
      case DeleteRepository _ -> false;
    };
  }

  private static String mutability(TagMutability value) {
    return value.exclusionFilters().isEmpty()
        ? value.mode()
        : value.mode() + " excluding " + String.join(", ", value.exclusionFilters());
  }

  private static String scanning(boolean scanOnPush) {
    return scanOnPush ? "scan on push" : "no scan on push";
  }
}
