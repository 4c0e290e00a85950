package dev.ecrrepo.ecr;

import dev.ecrrepo.ecr.EcrFailure.Kind;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.Registry;
import dev.ecrrepo.repository.StackResource;
import dev.ecrrepo.time.TimeLeft;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrResponse;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.Tag;

/// All ECR calls except those that only reports need, without the SDK's types. Each method makes
/// one call, and makes it again while ECR throttles it; [#observe] makes four calls. If the account
/// is not known, the methods that need the repository's ARN read it first. Every failure is an
/// [EcrFailure].
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
  public Optional<ObservedRepository> observe(String name, TimeLeft timeLeft) {
    return absentAsEmpty(() -> {
      try (ParallelCalls parallel = new ParallelCalls()) {
        Optional<Supplier<Map<String, String>>> tags =
            registry.arn(name).map(arn -> parallel.start(() -> tagsOf(name, arn, timeLeft)));
        Supplier<Optional<LifecyclePolicy>> lifecycle =
            parallel.start(() -> lifecyclePolicy(name, timeLeft));
        Supplier<Optional<RepositoryPolicy>> policy =
            parallel.start(() -> repositoryPolicy(name, timeLeft));
        Repository described = describeRepository(name, timeLeft);
        return EcrMapper.observed(
            described,
            tags.map(Supplier::get)
                .orElseGet(() -> tagsOf(name, described.repositoryArn(), timeLeft)),
            lifecycle.get(),
            policy.get());
      }
    });
  }

  /// The repository; its tags and policies are not read, and empty.
  public Optional<ObservedRepository> describe(String name, TimeLeft timeLeft) {
    return absentAsEmpty(() ->
        EcrMapper.observed(
            describeRepository(name, timeLeft), Map.of(), Optional.empty(), Optional.empty()));
  }

  /// The tags of a repository, if it exists.
  public Optional<Map<String, String>> tags(String name, TimeLeft timeLeft) {
    return absentAsEmpty(() -> tagsOf(name, arn(name, timeLeft), timeLeft));
  }

  /// Whether a repository of this name exists and carries the tags of this owner.
  public boolean isOwnedBy(StackResource owner, String name, TimeLeft timeLeft) {
    return tags(name, timeLeft).filter(tags -> Ownership.of(tags).isOwnedBy(owner)).isPresent();
  }

  private String arn(String name, TimeLeft timeLeft) {
    return registry.arn(name).orElseGet(() -> describeRepository(name, timeLeft).repositoryArn());
  }

  private Optional<LifecyclePolicy> lifecyclePolicy(String name, TimeLeft timeLeft) {
    return policyAbsentAsEmpty(() ->
        calls.make(
            "read the lifecycle policy",
            name,
            "GetLifecyclePolicy",
            timeLeft,
            config ->
                LifecyclePolicy.live(
                    ecr.getLifecyclePolicy(
                            r -> r.repositoryName(name).overrideConfiguration(config))
                        .lifecyclePolicyText())));
  }

  private Optional<RepositoryPolicy> repositoryPolicy(String name, TimeLeft timeLeft) {
    return policyAbsentAsEmpty(() ->
        calls.make(
            "read the repository policy",
            name,
            "GetRepositoryPolicy",
            timeLeft,
            config ->
                RepositoryPolicy.live(
                    ecr.getRepositoryPolicy(
                            r -> r.repositoryName(name).overrideConfiguration(config))
                        .policyText())));
  }

  private Repository describeRepository(String name, TimeLeft timeLeft) {
    return calls.make(
        "read the repository",
        name,
        "DescribeRepositories",
        timeLeft,
        config ->
            ecr.describeRepositories(r -> r.repositoryNames(name).overrideConfiguration(config))
                .repositories()
                .getFirst());
  }

  private Map<String, String> tagsOf(String name, String arn, TimeLeft timeLeft) {
    return calls.make(
        "read the tags",
        name,
        "ListTagsForResource",
        timeLeft,
        config ->
            ecr
                .listTagsForResource(r -> r.resourceArn(arn).overrideConfiguration(config))
                .tags()
                .stream()
                .collect(Collectors.toMap(Tag::key, Tag::value)));
  }

  /// Creates the repository.
  ///
  /// @throws EcrFailure of kind REPOSITORY_EXISTS if the name is taken
  public ObservedRepository create(CreateRepository change, TimeLeft timeLeft) {
    Repository made =
        calls.make(
            change.describe(),
            change.name(),
            "CreateRepository",
            timeLeft,
            config -> EcrMapper.create(ecr, change, config).repository());
    return EcrMapper.observed(made, change.tags(), Optional.empty(), Optional.empty());
  }

  /// Makes one change to a repository that exists.
  ///
  /// @param beforeRetry runs before each retry; an exception from it ends the retries
  /// @return for a policy, the text that ECR says it has stored
  public Optional<String> apply(
      String name, Change change, TimeLeft timeLeft, Runnable beforeRetry) {
    // The records of Change are named after ECR's operations.
    String operation = change.getClass().getSimpleName();
    String repository = EcrMapper.isByArn(change) ? arn(name, timeLeft) : name;
    EcrResponse response =
        calls.make(
            change.describe(),
            name,
            operation,
            timeLeft,
            beforeRetry,
            config -> EcrMapper.send(ecr, repository, change, config));
    return switch (response) {
      case PutLifecyclePolicyResponse put -> Optional.ofNullable(put.lifecyclePolicyText());
      case SetRepositoryPolicyResponse set -> Optional.ofNullable(set.policyText());
      default -> Optional.empty();
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
