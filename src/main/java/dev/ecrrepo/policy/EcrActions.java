package dev.ecrrepo.policy;

import java.util.List;

/// The actions that AWS lists for ECR. Loaded when ECR refuses a policy.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
final class EcrActions {

  /// On a repository.
  static final List<String> REPOSITORY =
      List.of(
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchDeleteImage",
          "ecr:BatchGetImage",
          "ecr:BatchGetRepositoryScanningConfiguration",
          "ecr:BatchImportUpstreamImage",
          "ecr:CompleteLayerUpload",
          "ecr:CreateRepository",
          "ecr:DeleteLifecyclePolicy",
          "ecr:DeleteRepository",
          "ecr:DeleteRepositoryPolicy",
          "ecr:DescribeImageReplicationStatus",
          "ecr:DescribeImageScanFindings",
          "ecr:DescribeImageSigningStatus",
          "ecr:DescribeImages",
          "ecr:DescribeRepositories",
          "ecr:GetDownloadUrlForLayer",
          "ecr:GetImageCopyStatus",
          "ecr:GetLifecyclePolicy",
          "ecr:GetLifecyclePolicyPreview",
          "ecr:GetRepositoryPolicy",
          "ecr:InitiateLayerUpload",
          "ecr:ListImages",
          "ecr:ListTagsForResource",
          "ecr:PutImage",
          "ecr:PutImageScanningConfiguration",
          "ecr:PutImageTagMutability",
          "ecr:PutLifecyclePolicy",
          "ecr:ReplicateImage",
          "ecr:SetRepositoryPolicy",
          "ecr:StartImageScan",
          "ecr:StartLifecyclePolicyPreview",
          "ecr:TagResource",
          "ecr:UntagResource",
          "ecr:UpdateImageStorageClass",
          "ecr:UploadLayerPart");

  /// On the registry: an IAM policy grants them on all resources, a repository policy cannot.
  static final List<String> REGISTRY =
      List.of(
          "ecr:CreatePullThroughCacheRule",
          "ecr:CreateRepositoryCreationTemplate",
          "ecr:DeletePullThroughCacheRule",
          "ecr:DeleteRegistryPolicy",
          "ecr:DeleteRepositoryCreationTemplate",
          "ecr:DeleteSigningConfiguration",
          "ecr:DeregisterPullTimeUpdateExclusion",
          "ecr:DescribePullThroughCacheRules",
          "ecr:DescribeRegistry",
          "ecr:DescribeRepositoryCreationTemplates",
          "ecr:GetAccountSetting",
          "ecr:GetAuthorizationToken",
          "ecr:GetRegistryPolicy",
          "ecr:GetRegistryScanningConfiguration",
          "ecr:GetSigningConfiguration",
          "ecr:ListPullTimeUpdateExclusions",
          "ecr:PutAccountSetting",
          "ecr:PutRegistryPolicy",
          "ecr:PutRegistryScanningConfiguration",
          "ecr:PutReplicationConfiguration",
          "ecr:PutSigningConfiguration",
          "ecr:RegisterPullTimeUpdateExclusion",
          "ecr:UpdatePullThroughCacheRule",
          "ecr:UpdateRepositoryCreationTemplate",
          "ecr:ValidatePullThroughCacheRule");

  private EcrActions() {}
}
