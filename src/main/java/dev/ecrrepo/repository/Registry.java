package dev.ecrrepo.repository;

import java.util.Optional;

/// The private ECR registry that holds the repositories: one account in one Region.
///
/// @param account 12 digits; empty if it cannot be known beforehand (a local run with somebody's
///   own credentials). `EcrGateway` then takes the ARN that operations on tags need from
///   DescribeRepositories
public record Registry(String partition, String region, Optional<String> account) {

  /// The ARN of a repository in this registry; empty if the account is unknown.
  /// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
  public Optional<String> arn(String repositoryName) {
    return account.map(
        id -> "arn:" + partition + ":ecr:" + region + ":" + id + ":repository/" + repositoryName);
  }
}
