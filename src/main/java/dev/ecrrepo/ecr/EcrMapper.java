package dev.ecrrepo.ecr;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.TagMutability;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.Tag;

/// Converts between the SDK's types and the provider's, for [EcrGateway] only.
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

  /// Null, not an empty list, if there are none: ECR accepts one to five filters, or no parameter.
  static List<ImageTagMutabilityExclusionFilter> filters(TagMutability value) {
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

  static ImageScanningConfiguration scanning(boolean scanOnPush) {
    return ImageScanningConfiguration.builder().scanOnPush(scanOnPush).build();
  }

  static EncryptionConfiguration encryption(Encryption value) {
    return EncryptionConfiguration.builder()
        .encryptionType(value.type())
        .kmsKey(value.kmsKey().orElse(null))
        .build();
  }

  static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
