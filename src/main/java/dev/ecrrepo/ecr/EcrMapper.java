package dev.ecrrepo.ecr;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.TagMutability;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.EcrResponse;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.Tag;

/// Converts between the SDK's types and the provider's: a repository that ECR returned, and the
/// request of each change. For [EcrGateway] only.
final class EcrMapper {

  private EcrMapper() {}

  static ObservedRepository observed(
      Repository found,
      Map<String, String> tags,
      Optional<LifecyclePolicy> lifecyclePolicy,
      Optional<RepositoryPolicy> repositoryPolicy) {
    EncryptionConfiguration encryption = found.encryptionConfiguration();
    ImageScanningConfiguration scanning = found.imageScanningConfiguration();
    return new ObservedRepository(
        found.repositoryName(),
        found.repositoryArn(),
        found.registryId(),
        found.repositoryUri(),
        found.createdAt(),
        new TagMutability(
            found.imageTagMutabilityAsString(),
            found.imageTagMutabilityExclusionFilters().stream().map(EcrMapper::filter).toList()),
        scanning != null && Boolean.TRUE.equals(scanning.scanOnPush()),
        encryption == null
            ? new Encryption(Encryption.Type.AES256, Optional.empty())
            : new Encryption(
                encryption.encryptionTypeAsString(), Optional.ofNullable(encryption.kmsKey())),
        tags,
        lifecyclePolicy,
        repositoryPolicy);
  }

  /// A filter of a type that ECR introduced later gets its type as a prefix, so that it equals no
  /// filter of a template.
  private static String filter(ImageTagMutabilityExclusionFilter filter) {
    return filter.filterTypeAsString().equals("WILDCARD")
        ? filter.filter()
        : filter.filterTypeAsString() + ":" + filter.filter();
  }

  static CreateRepositoryResponse create(
      EcrClient ecr, CreateRepository change, AwsRequestOverrideConfiguration config) {
    return ecr.createRepository(r ->
        r.repositoryName(change.name())
            .imageTagMutability(change.tagMutability().mode())
            .imageTagMutabilityExclusionFilters(filters(change.tagMutability()))
            .imageScanningConfiguration(scanning(change.scanOnPush()))
            .encryptionConfiguration(encryption(change.encryption()))
            .tags(tags(change.tags()))
            .overrideConfiguration(config));
  }

  /// Whether the operation of a change names the repository by its ARN.
  static boolean isByArn(Change change) {
    return switch (change) {
      case Change.TagResource _, Change.UntagResource _ -> true;
      case CreateRepository _,
          Change.PutImageTagMutability _,
          Change.PutImageScanningConfiguration _,
          Change.PutLifecyclePolicy _,
          Change.DeleteLifecyclePolicy _,
          Change.SetRepositoryPolicy _,
          Change.DeleteRepositoryPolicy _,
          Change.DeleteRepository _ ->
          false;
    };
  }

  /// Calls the operation of a change to a repository that exists.
  ///
  /// @param repository its ARN if the operation [#isByArn], else its name
  static EcrResponse send(
      EcrClient ecr, String repository, Change change, AwsRequestOverrideConfiguration config) {
    return switch (change) {
      case CreateRepository _ -> throw new IllegalArgumentException("use create()");
      case Change.TagResource(Map<String, String> tags) ->
          ecr.tagResource(
              r -> r.resourceArn(repository).tags(tags(tags)).overrideConfiguration(config));
      case Change.UntagResource(List<String> keys) ->
          ecr.untagResource(
              r -> r.resourceArn(repository).tagKeys(keys).overrideConfiguration(config));
      case Change.PutImageTagMutability(TagMutability value) ->
          ecr.putImageTagMutability(r ->
              r.repositoryName(repository)
                  .imageTagMutability(value.mode())
                  .imageTagMutabilityExclusionFilters(filters(value))
                  .overrideConfiguration(config));
      case Change.PutImageScanningConfiguration(boolean scanOnPush) ->
          ecr.putImageScanningConfiguration(r ->
              r.repositoryName(repository)
                  .imageScanningConfiguration(scanning(scanOnPush))
                  .overrideConfiguration(config));
      case Change.PutLifecyclePolicy(LifecyclePolicy policy) ->
          ecr.putLifecyclePolicy(r ->
              r.repositoryName(repository)
                  .lifecyclePolicyText(policy.text())
                  .overrideConfiguration(config));
      case Change.DeleteLifecyclePolicy _ ->
          ecr.deleteLifecyclePolicy(
              r -> r.repositoryName(repository).overrideConfiguration(config));
      case Change.SetRepositoryPolicy(RepositoryPolicy policy) ->
          ecr.setRepositoryPolicy(r ->
              r.repositoryName(repository).policyText(policy.text()).overrideConfiguration(config));
      case Change.DeleteRepositoryPolicy _ ->
          ecr.deleteRepositoryPolicy(
              r -> r.repositoryName(repository).overrideConfiguration(config));
      case Change.DeleteRepository(boolean force) ->
          ecr.deleteRepository(
              r -> r.repositoryName(repository).force(force).overrideConfiguration(config));
    };
  }

  /// Null, not an empty list, if there are none: ECR accepts one to five filters, or no parameter.
  private static List<ImageTagMutabilityExclusionFilter> filters(TagMutability value) {
    return value.exclusionFilters().isEmpty()
        ? null
        : value.exclusionFilters().stream()
            .map(filter ->
                ImageTagMutabilityExclusionFilter.builder()
                    .filterType("WILDCARD")
                    .filter(filter)
                    .build())
            .toList();
  }

  private static ImageScanningConfiguration scanning(boolean scanOnPush) {
    return ImageScanningConfiguration.builder().scanOnPush(scanOnPush).build();
  }

  private static EncryptionConfiguration encryption(Encryption value) {
    return EncryptionConfiguration.builder()
        .encryptionType(value.type())
        .kmsKey(value.kmsKey().orElse(null))
        .build();
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
