package dev.ecrrepo.repository;

import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.TagMutability;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A repository as ECR has it.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Repository.html
///
/// @param registryId the account
/// @param uri host and name, without a tag
/// @param lifecyclePolicy the text, as ECR prints it
/// @param repositoryPolicy the text, as ECR prints it
public record ObservedRepository(
    String name,
    String arn,
    String registryId,
    String uri,
    Instant createdAt,
    TagMutability tagMutability,
    boolean scanOnPush,
    Encryption encryption,
    Map<String, String> tags,
    Optional<String> lifecyclePolicy,
    Optional<String> repositoryPolicy) {

  public ObservedRepository {
    tags = Map.copyOf(tags);
  }

  Ownership ownership() {
    return Ownership.of(tags);
  }
}
