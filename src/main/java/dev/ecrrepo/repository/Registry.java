package dev.ecrrepo.repository;

import java.util.Optional;

/// Whose repositories these are: the private registry of one account in one Region.
///
/// @param account 12 digits; absent where it cannot be known beforehand (a local run with
///   somebody's own credentials), which costs one call more
public record Registry(String partition, String region, Optional<String> account) {

  /// The ARN of a repository in this registry.
  /// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
  public Optional<String> arn(String repositoryName) {
    return account.map(
        id -> "arn:" + partition + ":ecr:" + region + ":" + id + ":repository/" + repositoryName);
  }
}
