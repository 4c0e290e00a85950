package dev.ecrrepo.ecr;

import dev.ecrrepo.ecr.EcrFailure.Kind;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.TagMutability;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Registry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrResponse;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.Tag;

/// The only caller of ECR; the SDK's types end here. Each method is one call, but for [#observe],
/// made again while ECR throttles it. Every failure is an [EcrFailure].
public final class EcrGateway {

  private final EcrClient ecr;
  private final Registry registry;
  private final EcrCalls calls;

  public EcrGateway(EcrClient ecr, Registry registry, Retry retry) {
    this.ecr = ecr;
    this.registry = registry;
    this.calls = new EcrCalls(retry);
  }

  public Registry registry() {
    return registry;
  }

  /// The repository with its tags and policies: four reads at once, if its ARN is known beforehand.
  public Optional<ObservedRepository> observe(String name, Budget budget) {
    return absentAsEmpty(() -> {
      try (Parallel parallel = new Parallel()) {
        Optional<Supplier<Map<String, String>>> tags =
            registry.arn(name).map(arn -> parallel.start(() -> tagsOf(name, arn, budget)));
        Supplier<Optional<LifecyclePolicy>> lifecycle =
            parallel.start(() -> lifecyclePolicy(name, budget));
        Supplier<Optional<RepositoryPolicy>> policy =
            parallel.start(() -> repositoryPolicy(name, budget));
        Repository described = describe(name, budget);
        return EcrMapper.observed(
            described,
            tags.map(Supplier::get)
                .orElseGet(() -> tagsOf(name, described.repositoryArn(), budget)),
            lifecycle.get(),
            policy.get());
      }
    });
  }

  /// The repository without tags and policies.
  Optional<ObservedRepository> find(String name, Budget budget) {
    return absentAsEmpty(() ->
        EcrMapper.observed(describe(name, budget), Map.of(), Optional.empty(), Optional.empty()));
  }

  /// The tags of a repository, if it exists.
  public Optional<Map<String, String>> tags(String name, Budget budget) {
    return absentAsEmpty(() -> tagsOf(name, arn(name, budget), budget));
  }

  private String arn(String name, Budget budget) {
    return registry.arn(name).orElseGet(() -> describe(name, budget).repositoryArn());
  }

  private Optional<LifecyclePolicy> lifecyclePolicy(String name, Budget budget) {
    return policyAbsentAsEmpty(() ->
        calls.make(
            "read the lifecycle policy",
            name,
            "GetLifecyclePolicy",
            budget,
            limits ->
                LifecyclePolicy.live(
                    ecr.getLifecyclePolicy(
                            r -> r.repositoryName(name).overrideConfiguration(limits))
                        .lifecyclePolicyText())));
  }

  private Optional<RepositoryPolicy> repositoryPolicy(String name, Budget budget) {
    return policyAbsentAsEmpty(() ->
        calls.make(
            "read the repository policy",
            name,
            "GetRepositoryPolicy",
            budget,
            limits ->
                RepositoryPolicy.live(
                    ecr.getRepositoryPolicy(
                            r -> r.repositoryName(name).overrideConfiguration(limits))
                        .policyText())));
  }

  private Repository describe(String name, Budget budget) {
    return calls.make(
        "read the repository",
        name,
        "DescribeRepositories",
        budget,
        limits ->
            ecr.describeRepositories(r -> r.repositoryNames(name).overrideConfiguration(limits))
                .repositories()
                .getFirst());
  }

  private Map<String, String> tagsOf(String name, String arn, Budget budget) {
    return calls.make(
        "read the tags",
        name,
        "ListTagsForResource",
        budget,
        limits ->
            ecr
                .listTagsForResource(r -> r.resourceArn(arn).overrideConfiguration(limits))
                .tags()
                .stream()
                .collect(Collectors.toMap(Tag::key, Tag::value)));
  }

  /// Creates the repository.
  ///
  /// @throws EcrFailure of kind REPOSITORY_EXISTS where the name is taken
  ObservedRepository create(CreateRepository change, Budget budget) {
    Repository made =
        calls.make(
            change.describe(),
            change.name(),
            "CreateRepository",
            budget,
            limits ->
                ecr.createRepository(r ->
                        r.repositoryName(change.name())
                            .imageTagMutability(change.tagMutability().mode())
                            .imageTagMutabilityExclusionFilters(
                                EcrMapper.filters(change.tagMutability()))
                            .imageScanningConfiguration(EcrMapper.scanning(change.scanOnPush()))
                            .encryptionConfiguration(EcrMapper.encryption(change.encryption()))
                            .tags(EcrMapper.tags(change.tags()))
                            .overrideConfiguration(limits))
                    .repository());
    return EcrMapper.observed(made, change.tags(), Optional.empty(), Optional.empty());
  }

  /// Makes one change to a repository that exists.
  ///
  /// @param beforeAgain done before the call is made again after a wait; what it throws ends it
  /// @return for a policy, the text that ECR says it has stored
  Optional<String> apply(String name, Change change, Budget budget, Runnable beforeAgain) {
    String operation = change.getClass().getSimpleName();
    EcrResponse response =
        calls.make(
            change.describe(),
            name,
            operation,
            budget,
            beforeAgain,
            limits -> call(name, change, budget, limits));
    return switch (response) {
      case PutLifecyclePolicyResponse put -> Optional.ofNullable(put.lifecyclePolicyText());
      case SetRepositoryPolicyResponse set -> Optional.ofNullable(set.policyText());
      default -> Optional.empty();
    };
  }

  private EcrResponse call(
      String name, Change change, Budget budget, AwsRequestOverrideConfiguration limits) {
    return switch (change) {
      case CreateRepository _ -> throw new IllegalArgumentException("it exists");
      case Change.TagResource(Map<String, String> tags) ->
          ecr.tagResource(r ->
              r.resourceArn(arn(name, budget))
                  .tags(EcrMapper.tags(tags))
                  .overrideConfiguration(limits));
      case Change.UntagResource(List<String> keys) ->
          ecr.untagResource(
              r -> r.resourceArn(arn(name, budget)).tagKeys(keys).overrideConfiguration(limits));
      case Change.PutImageTagMutability(TagMutability value) ->
          ecr.putImageTagMutability(r ->
              r.repositoryName(name)
                  .imageTagMutability(value.mode())
                  .imageTagMutabilityExclusionFilters(EcrMapper.filters(value))
                  .overrideConfiguration(limits));
      case Change.PutImageScanningConfiguration(boolean scanOnPush) ->
          ecr.putImageScanningConfiguration(r ->
              r.repositoryName(name)
                  .imageScanningConfiguration(EcrMapper.scanning(scanOnPush))
                  .overrideConfiguration(limits));
      case Change.PutLifecyclePolicy(LifecyclePolicy policy) ->
          ecr.putLifecyclePolicy(r ->
              r.repositoryName(name)
                  .lifecyclePolicyText(policy.text())
                  .overrideConfiguration(limits));
      case Change.DeleteLifecyclePolicy _ ->
          ecr.deleteLifecyclePolicy(r -> r.repositoryName(name).overrideConfiguration(limits));
      case Change.SetRepositoryPolicy(RepositoryPolicy policy) ->
          ecr.setRepositoryPolicy(
              r -> r.repositoryName(name).policyText(policy.text()).overrideConfiguration(limits));
      case Change.DeleteRepositoryPolicy _ ->
          ecr.deleteRepositoryPolicy(r -> r.repositoryName(name).overrideConfiguration(limits));
      case Change.DeleteRepository(boolean force) ->
          ecr.deleteRepository(
              r -> r.repositoryName(name).force(force).overrideConfiguration(limits));
    };
  }

  private static <T> Optional<T> absentAsEmpty(Supplier<T> read) {
    return emptyOn(Kind.REPOSITORY_ABSENT, read);
  }

  private static <T> Optional<T> policyAbsentAsEmpty(Supplier<T> read) {
    return emptyOn(Kind.POLICY_ABSENT, read);
  }

  private static <T> Optional<T> emptyOn(Kind kind, Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (EcrFailure e) {
      if (e.kind() == kind) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
