package dev.ecrrepo.access;

import java.util.List;

/// A template author's intention. Each comes with the actions that it takes in practice, and no
/// others.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
sealed interface Grant {

  /// To pull images by tag or digest.
  ///
  /// @param services AWS services that pull for the accounts among the grantees, and for no other
  record Pull(StatedGrantees grantees, List<String> services) implements Grant {
    public Pull {
      services = List.copyOf(services);
    }
  }

  /// To push images. Nothing that deletes an image or writes a policy.
  record Push(StatedGrantees grantees) implements Grant {}

  /// To delete images. Not the repository.
  record Delete(StatedGrantees grantees) implements Grant {}

  /// To read: images, their tags, scan findings, both policies. Not to pull them.
  record Read(StatedGrantees grantees) implements Grant {}

  /// To run Lambda functions of these accounts from images of this repository.
  record Lambda(List<String> accountIds) implements Grant {
    public Lambda {
      accountIds = List.copyOf(accountIds);
    }
  }

  /// To pull images that the repository caches, and to import those that it does not have yet.
  record PullThroughCache(List<String> accountIds) implements Grant {
    public PullThroughCache {
      accountIds = List.copyOf(accountIds);
    }
  }

  /// The beginning of the Sids of its statements.
  default String sidPrefix() {
    return "EcrRepo" + name();
  }

  /// The property that states it.
  default String property() {
    return "Access." + name();
  }

  private String name() {
    return switch (this) {
      case Pull _ -> "Pull";
      case Push _ -> "Push";
      case Delete _ -> "Delete";
      case Read _ -> "Read";
      case Lambda _ -> "Lambda";
      case PullThroughCache _ -> "PullThroughCache";
    };
  }

  default List<String> actions() {
    return switch (this) {
      case Pull _ ->
          List.of(
              "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer");
      case Push _ ->
          List.of(
              "ecr:BatchCheckLayerAvailability",
              // Clients read back manifests and layers, to reuse what is there.
              "ecr:BatchGetImage",
              "ecr:GetDownloadUrlForLayer",
              "ecr:InitiateLayerUpload",
              "ecr:UploadLayerPart",
              "ecr:CompleteLayerUpload",
              "ecr:PutImage");
      case Delete _ -> List.of("ecr:BatchDeleteImage", "ecr:ListImages");
      case Read _ ->
          List.of(
              "ecr:DescribeRepositories",
              "ecr:ListImages",
              "ecr:DescribeImages",
              "ecr:DescribeImageScanFindings",
              "ecr:DescribeImageReplicationStatus",
              "ecr:DescribeImageSigningStatus",
              "ecr:GetLifecyclePolicy",
              "ecr:GetLifecyclePolicyPreview",
              "ecr:GetRepositoryPolicy",
              "ecr:ListTagsForResource");
      case Lambda _ -> List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer");
      case PullThroughCache _ ->
          List.of(
              // ecr:TagResource is left out: it would let others change this repository's owner.
              "ecr:BatchImportUpstreamImage",
              "ecr:BatchCheckLayerAvailability",
              "ecr:BatchGetImage",
              "ecr:GetDownloadUrlForLayer");
    };
  }
}
