package dev.ecrrepo.repository;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.*;

/// ECR in memory, as far as this provider uses it, with the faults that no emulator makes: a script
/// of failures, and acts that happen just before a call. Everything else is tested against an
/// emulator over HTTP.
public final class FakeEcr implements EcrClient {

  /// What is stored of one repository.
  public static final class Stored {
    public Repository repository;
    public final Map<String, String> tags = new TreeMap<>();
    public String lifecyclePolicy;
    public String repositoryPolicy;
    public int images;
  }

  private record Fault(String code, String message, int status) {}

  private final Clock clock;
  private final String account;
  private final Map<String, Stored> repositories = new TreeMap<>();
  private final Map<String, List<Fault>> faults = new HashMap<>();
  private final Map<String, List<Runnable>> acts = new HashMap<>();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  public FakeEcr(Clock clock, String account) {
    this.clock = clock;
    this.account = account;
  }

  /// The next calls of this operation fail so, once for each time said.
  public void fail(String operation, int times, String code, String message, int status) {
    for (int i = 0; i < times; i++) {
      faults
          .computeIfAbsent(operation, _ -> new ArrayList<>())
          .add(new Fault(code, message, status));
    }
  }

  /// Done once, just before the next call of this operation.
  public void before(String operation, Runnable act) {
    acts.computeIfAbsent(operation, _ -> new ArrayList<>()).add(act);
  }

  public synchronized Stored stored(String name) {
    return repositories.get(name);
  }

  public synchronized List<String> names() {
    return List.copyOf(repositories.keySet());
  }

  /// A repository that others made.
  public Stored foreign(String name, Map<String, String> tags) {
    createRepository(r -> r.repositoryName(name).tags(sdkTags(tags)).imageTagMutability("MUTABLE"));
    calls.clear();
    return stored(name);
  }

  /// All operations since the last time this was asked, in order.
  public List<String> calls() {
    List<String> seen = List.copyOf(calls);
    calls.clear();
    return seen;
  }

  /// The operations that write, among [#calls].
  public List<String> writes() {
    return calls().stream().filter(FakeEcr::isWrite).toList();
  }

  public static boolean isWrite(String operation) {
    return !operation.matches("(Describe|List|Get).*");
  }

  private <T> T call(String operation, Supplier<T> effect) {
    calls.add(operation);
    Runnable act;
    Fault fault;
    synchronized (this) {
      act =
          acts.getOrDefault(operation, List.of()).isEmpty()
              ? () -> {}
              : acts.get(operation).removeFirst();
      fault =
          faults.getOrDefault(operation, List.of()).isEmpty()
              ? null
              : faults.get(operation).removeFirst();
    }
    act.run();
    if (fault != null) {
      throw exception(fault.code(), fault.message(), fault.status());
    }
    synchronized (this) {
      return effect.get();
    }
  }

  private static RuntimeException exception(String code, String message, int status) {
    return AwsServiceException.builder()
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(message)
                .serviceName("Ecr")
                .build())
        .statusCode(status)
        .message(message)
        .build();
  }

  private Stored require(String name) {
    Stored stored = repositories.get(name);
    if (stored == null) {
      throw exception(
          "RepositoryNotFoundException",
          "The repository with name '%s' does not exist in the registry with id '%s'"
              .formatted(name, account),
          400);
    }
    return stored;
  }

  private Stored requireArn(String arn) {
    return require(arn.substring(arn.indexOf(":repository/") + ":repository/".length()));
  }

  private static List<Tag> sdkTags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
        .toList();
  }

  @Override
  public CreateRepositoryResponse createRepository(CreateRepositoryRequest r) {
    return call(
        "CreateRepository",
        () -> {
          if (repositories.containsKey(r.repositoryName())) {
            throw exception(
                "RepositoryAlreadyExistsException",
                "The repository with name '%s' already exists".formatted(r.repositoryName()),
                400);
          }
          Stored stored = new Stored();
          EncryptionConfiguration encryption =
              r.encryptionConfiguration() == null
                  ? EncryptionConfiguration.builder().encryptionType("AES256").build()
                  : r.encryptionConfiguration();
          if (!encryption.encryptionTypeAsString().equals("AES256")
              && encryption.kmsKey() == null) {
            encryption =
                encryption.toBuilder()
                    .kmsKey("arn:aws:kms:eu-west-1:" + account + ":key/aws-ecr-key")
                    .build();
          }
          stored.repository =
              Repository.builder()
                  .repositoryName(r.repositoryName())
                  .repositoryArn(
                      "arn:aws:ecr:eu-west-1:" + account + ":repository/" + r.repositoryName())
                  .registryId(account)
                  .repositoryUri(account + ".dkr.ecr.eu-west-1.amazonaws.com/" + r.repositoryName())
                  .createdAt(clock.instant())
                  .imageTagMutability(r.imageTagMutability())
                  .imageTagMutabilityExclusionFilters(r.imageTagMutabilityExclusionFilters())
                  .imageScanningConfiguration(r.imageScanningConfiguration())
                  .encryptionConfiguration(encryption)
                  .build();
          r.tags().forEach(t -> stored.tags.put(t.key(), t.value()));
          repositories.put(r.repositoryName(), stored);
          return CreateRepositoryResponse.builder().repository(stored.repository).build();
        });
  }

  @Override
  public DescribeRepositoriesResponse describeRepositories(DescribeRepositoriesRequest r) {
    return call(
        "DescribeRepositories",
        () ->
            DescribeRepositoriesResponse.builder()
                .repositories(require(r.repositoryNames().getFirst()).repository)
                .build());
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
    return call(
        "ListTagsForResource",
        () ->
            ListTagsForResourceResponse.builder()
                .tags(sdkTags(new LinkedHashMap<>(requireArn(r.resourceArn()).tags)))
                .build());
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest r) {
    return call(
        "TagResource",
        () -> {
          Stored stored = requireArn(r.resourceArn());
          r.tags().forEach(t -> stored.tags.put(t.key(), t.value()));
          return TagResourceResponse.builder().build();
        });
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest r) {
    return call(
        "UntagResource",
        () -> {
          Stored stored = requireArn(r.resourceArn());
          r.tagKeys().forEach(stored.tags::remove);
          return UntagResourceResponse.builder().build();
        });
  }

  @Override
  public PutImageTagMutabilityResponse putImageTagMutability(PutImageTagMutabilityRequest r) {
    return call(
        "PutImageTagMutability",
        () -> {
          Stored stored = require(r.repositoryName());
          stored.repository =
              stored.repository.toBuilder()
                  .imageTagMutability(r.imageTagMutability())
                  .imageTagMutabilityExclusionFilters(r.imageTagMutabilityExclusionFilters())
                  .build();
          return PutImageTagMutabilityResponse.builder().build();
        });
  }

  @Override
  public PutImageScanningConfigurationResponse putImageScanningConfiguration(
      PutImageScanningConfigurationRequest r) {
    return call(
        "PutImageScanningConfiguration",
        () -> {
          Stored stored = require(r.repositoryName());
          stored.repository =
              stored.repository.toBuilder()
                  .imageScanningConfiguration(r.imageScanningConfiguration())
                  .build();
          return PutImageScanningConfigurationResponse.builder().build();
        });
  }

  @Override
  public GetLifecyclePolicyResponse getLifecyclePolicy(GetLifecyclePolicyRequest r) {
    return call(
        "GetLifecyclePolicy",
        () -> {
          Stored stored = require(r.repositoryName());
          if (stored.lifecyclePolicy == null) {
            throw exception("LifecyclePolicyNotFoundException", "no lifecycle policy", 400);
          }
          return GetLifecyclePolicyResponse.builder()
              .lifecyclePolicyText(stored.lifecyclePolicy)
              .build();
        });
  }

  @Override
  public PutLifecyclePolicyResponse putLifecyclePolicy(PutLifecyclePolicyRequest r) {
    return call(
        "PutLifecyclePolicy",
        () -> {
          require(r.repositoryName()).lifecyclePolicy = r.lifecyclePolicyText();
          return PutLifecyclePolicyResponse.builder().build();
        });
  }

  @Override
  public DeleteLifecyclePolicyResponse deleteLifecyclePolicy(DeleteLifecyclePolicyRequest r) {
    return call(
        "DeleteLifecyclePolicy",
        () -> {
          require(r.repositoryName()).lifecyclePolicy = null;
          return DeleteLifecyclePolicyResponse.builder().build();
        });
  }

  @Override
  public GetRepositoryPolicyResponse getRepositoryPolicy(GetRepositoryPolicyRequest r) {
    return call(
        "GetRepositoryPolicy",
        () -> {
          Stored stored = require(r.repositoryName());
          if (stored.repositoryPolicy == null) {
            throw exception("RepositoryPolicyNotFoundException", "no repository policy", 400);
          }
          return GetRepositoryPolicyResponse.builder().policyText(stored.repositoryPolicy).build();
        });
  }

  @Override
  public SetRepositoryPolicyResponse setRepositoryPolicy(SetRepositoryPolicyRequest r) {
    return call(
        "SetRepositoryPolicy",
        () -> {
          require(r.repositoryName()).repositoryPolicy = r.policyText();
          return SetRepositoryPolicyResponse.builder().build();
        });
  }

  @Override
  public DeleteRepositoryPolicyResponse deleteRepositoryPolicy(DeleteRepositoryPolicyRequest r) {
    return call(
        "DeleteRepositoryPolicy",
        () -> {
          require(r.repositoryName()).repositoryPolicy = null;
          return DeleteRepositoryPolicyResponse.builder().build();
        });
  }

  @Override
  public DeleteRepositoryResponse deleteRepository(DeleteRepositoryRequest r) {
    return call(
        r.force() != null && r.force() ? "DeleteRepository(force)" : "DeleteRepository",
        () -> {
          Stored stored = require(r.repositoryName());
          if (stored.images > 0 && !Boolean.TRUE.equals(r.force())) {
            throw exception(
                "RepositoryNotEmptyException",
                "The repository with name '%s' cannot be deleted because it still contains images"
                    .formatted(r.repositoryName()),
                400);
          }
          repositories.remove(r.repositoryName());
          return DeleteRepositoryResponse.builder().build();
        });
  }

  @Override
  public String serviceName() {
    return "ecr";
  }

  @Override
  public void close() {}

  /// The moment at which it was made, for tests of what is older than a request.
  public void age(String name, Instant createdAt) {
    Stored stored = stored(name);
    stored.repository = stored.repository.toBuilder().createdAt(createdAt).build();
  }
}
