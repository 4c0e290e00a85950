package dev.ecrrepo.ecr;

import java.time.Clock;
import java.time.Duration;
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
import software.amazon.awssdk.core.SdkRequest;
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

    /// What readers still see of the tags, until then.
    private Map<String, String> tagsBefore = Map.of();

    private Instant tagsSettle = Instant.MIN;
    private Instant appears = Instant.MIN;

    /// Who wrote which part last, for a simulation: keys as it likes.
    public final Map<String, Object> writers = new TreeMap<>();

    private Stored copy() {
      Stored copy = new Stored();
      copy.repository = repository;
      copy.tags.putAll(tags);
      copy.lifecyclePolicy = lifecyclePolicy;
      copy.repositoryPolicy = repositoryPolicy;
      copy.images = images;
      copy.writers.putAll(writers);
      return copy;
    }
  }

  /// A call on its way.
  ///
  /// @param operation `DeleteRepository(force)` for one with force
  public record Call(String operation, String repository, SdkRequest request) {
    public boolean writes() {
      return isWrite(operation);
    }
  }

  /// What happens around a call: nothing, a fault before or after its effect, other people's acts.
  @FunctionalInterface
  public interface Surroundings {
    <T> T around(Call call, Supplier<T> effect);
  }

  private static final int MAX_TAGS = 50;

  private record Fault(String code, String message, int status) {}

  private final Clock clock;
  private final String account;
  private final Map<String, Stored> repositories = new TreeMap<>();
  private final Map<String, List<Fault>> faults = new HashMap<>();
  private final Map<String, List<Runnable>> acts = new HashMap<>();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Stored> leaving = new TreeMap<>();
  private final List<GetLifecyclePolicyPreviewResponse> previews = new ArrayList<>();
  private String previewed;
  private Surroundings surroundings =
      new Surroundings() {
        @Override
        public <T> T around(Call call, Supplier<T> effect) {
          return effect.get();
        }
      };
  private Duration lag = Duration.ZERO;

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

  /// From now on this surrounds every call.
  public void surroundedBy(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// How late a repository that was just created or deleted is seen so, and tags that were just
  /// written.
  public void lag(Duration lag) {
    this.lag = lag;
  }

  /// The same repositories in a registry of their own, all of them settled, with no script.
  public synchronized FakeEcr copy() {
    FakeEcr copy = new FakeEcr(clock, account);
    repositories.forEach((name, stored) -> copy.repositories.put(name, stored.copy()));
    return copy;
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
    return !operation.matches("(Describe|List|Get|Start).*");
  }

  private <T> T call(String operation, String repository, SdkRequest request, Supplier<T> effect) {
    return surroundings.around(
        new Call(operation, repository, request), () -> scripted(operation, effect));
  }

  private <T> T scripted(String operation, Supplier<T> effect) {
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

  public static RuntimeException exception(String code, String message, int status) {
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
    if (stored == null || stored.appears.isAfter(clock.instant())) {
      throw exception(
          "RepositoryNotFoundException",
          "The repository with name '%s' does not exist in the registry with id '%s'"
              .formatted(name, account),
          400);
    }
    return stored;
  }

  private static String name(String arn) {
    return arn.substring(arn.indexOf(":repository/") + ":repository/".length());
  }

  /// ECR takes 50 tags at any moment, also on the way from some to others.
  /// https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-using-tags.html
  private static void requireRoom(Map<String, String> tags, List<Tag> more) {
    long added = more.stream().filter(tag -> !tags.containsKey(tag.key())).count();
    if (tags.size() + added > MAX_TAGS) {
      throw exception(
          "TooManyTagsException",
          "The list of tags on the repository is over the limit. The maximum number of tags that"
              + " can be applied to a repository is 50.",
          400);
    }
  }

  private void remember(Stored stored) {
    Instant now = clock.instant();
    if (!lag.isZero()) {
      if (!stored.tagsSettle.isAfter(now)) {
        stored.tagsBefore = new LinkedHashMap<>(stored.tags);
      }
      stored.tagsSettle = now.plus(lag);
    }
  }

  private Stored isLeaving(String name) {
    Stored stored = leaving.get(name);
    return stored != null && stored.appears.isAfter(clock.instant()) ? stored : null;
  }

  /// A repository that was just deleted is listed a little longer.
  private Stored described(String name) {
    Stored leaves = repositories.containsKey(name) ? null : isLeaving(name);
    return leaves == null ? require(name) : leaves;
  }

  private Map<String, String> seenTags(Stored stored) {
    return stored.tagsSettle.isAfter(clock.instant())
        ? stored.tagsBefore
        : new LinkedHashMap<>(stored.tags);
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
        r.repositoryName(),
        r,
        () -> {
          if (repositories.containsKey(r.repositoryName())
              || isLeaving(r.repositoryName()) != null) {
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
                  .imageTagMutability(r.imageTagMutabilityAsString())
                  .imageTagMutabilityExclusionFilters(r.imageTagMutabilityExclusionFilters())
                  .imageScanningConfiguration(r.imageScanningConfiguration())
                  .encryptionConfiguration(encryption)
                  .build();
          requireRoom(Map.of(), r.tags());
          r.tags().forEach(t -> stored.tags.put(t.key(), t.value()));
          stored.appears = lag.isZero() ? Instant.MIN : clock.instant().plus(lag);
          repositories.put(r.repositoryName(), stored);
          return CreateRepositoryResponse.builder().repository(stored.repository).build();
        });
  }

  @Override
  public DescribeRepositoriesResponse describeRepositories(DescribeRepositoriesRequest r) {
    return r.repositoryNames().isEmpty()
        ? call("DescribeRepositories", "", r, () -> page(r))
        : call(
            "DescribeRepositories",
            r.repositoryNames().getFirst(),
            r,
            () ->
                DescribeRepositoriesResponse.builder()
                    .repositories(described(r.repositoryNames().getFirst()).repository)
                    .build());
  }

  /// Pages of two, whatever is asked for; the token is the last name of the page before.
  private DescribeRepositoriesResponse page(DescribeRepositoriesRequest r) {
    List<String> after =
        repositories.keySet().stream()
            .filter(name -> r.nextToken() == null || name.compareTo(r.nextToken()) > 0)
            .toList();
    List<String> page = after.stream().limit(2).toList();
    return DescribeRepositoriesResponse.builder()
        .repositories(page.stream().map(name -> repositories.get(name).repository).toList())
        .nextToken(after.size() > 2 ? page.getLast() : null)
        .build();
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
    return call(
        "ListTagsForResource",
        name(r.resourceArn()),
        r,
        () ->
            ListTagsForResourceResponse.builder()
                .tags(sdkTags(seenTags(require(name(r.resourceArn())))))
                .build());
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest r) {
    return call(
        "TagResource",
        name(r.resourceArn()),
        r,
        () -> {
          Stored stored = require(name(r.resourceArn()));
          requireRoom(stored.tags, r.tags());
          remember(stored);
          r.tags().forEach(t -> stored.tags.put(t.key(), t.value()));
          return TagResourceResponse.builder().build();
        });
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest r) {
    return call(
        "UntagResource",
        name(r.resourceArn()),
        r,
        () -> {
          Stored stored = require(name(r.resourceArn()));
          remember(stored);
          r.tagKeys().forEach(stored.tags::remove);
          return UntagResourceResponse.builder().build();
        });
  }

  @Override
  public PutImageTagMutabilityResponse putImageTagMutability(PutImageTagMutabilityRequest r) {
    return call(
        "PutImageTagMutability",
        r.repositoryName(),
        r,
        () -> {
          Stored stored = require(r.repositoryName());
          stored.repository =
              stored.repository.toBuilder()
                  .imageTagMutability(r.imageTagMutabilityAsString())
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
        r.repositoryName(),
        r,
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
        r.repositoryName(),
        r,
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
        r.repositoryName(),
        r,
        () -> {
          Stored stored = require(r.repositoryName());
          stored.lifecyclePolicy = r.lifecyclePolicyText();
          return PutLifecyclePolicyResponse.builder()
              .registryId(account)
              .repositoryName(r.repositoryName())
              .lifecyclePolicyText(stored.lifecyclePolicy)
              .build();
        });
  }

  @Override
  public DeleteLifecyclePolicyResponse deleteLifecyclePolicy(DeleteLifecyclePolicyRequest r) {
    return call(
        "DeleteLifecyclePolicy",
        r.repositoryName(),
        r,
        () -> {
          Stored stored = require(r.repositoryName());
          if (stored.lifecyclePolicy == null) {
            throw exception("LifecyclePolicyNotFoundException", "no lifecycle policy", 400);
          }
          stored.lifecyclePolicy = null;
          return DeleteLifecyclePolicyResponse.builder().build();
        });
  }

  @Override
  public GetRepositoryPolicyResponse getRepositoryPolicy(GetRepositoryPolicyRequest r) {
    return call(
        "GetRepositoryPolicy",
        r.repositoryName(),
        r,
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
        r.repositoryName(),
        r,
        () -> {
          Stored stored = require(r.repositoryName());
          stored.repositoryPolicy = PrintedPolicy.of(r.policyText(), account);
          return SetRepositoryPolicyResponse.builder()
              .registryId(account)
              .repositoryName(r.repositoryName())
              .policyText(stored.repositoryPolicy)
              .build();
        });
  }

  @Override
  public DeleteRepositoryPolicyResponse deleteRepositoryPolicy(DeleteRepositoryPolicyRequest r) {
    return call(
        "DeleteRepositoryPolicy",
        r.repositoryName(),
        r,
        () -> {
          Stored stored = require(r.repositoryName());
          if (stored.repositoryPolicy == null) {
            throw exception("RepositoryPolicyNotFoundException", "no repository policy", 400);
          }
          stored.repositoryPolicy = null;
          return DeleteRepositoryPolicyResponse.builder().build();
        });
  }

  @Override
  public DeleteRepositoryResponse deleteRepository(DeleteRepositoryRequest r) {
    return call(
        r.force() != null && r.force() ? "DeleteRepository(force)" : "DeleteRepository",
        r.repositoryName(),
        r,
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
          if (!lag.isZero()) {
            stored.appears = clock.instant().plus(lag);
            leaving.put(r.repositoryName(), stored);
          }
          return DeleteRepositoryResponse.builder().build();
        });
  }

  /// What a preview of a lifecycle policy comes to, in the order in which it is asked for.
  public void previews(GetLifecyclePolicyPreviewResponse... answers) {
    previews.addAll(List.of(answers));
  }

  @Override
  public StartLifecyclePolicyPreviewResponse startLifecyclePolicyPreview(
      StartLifecyclePolicyPreviewRequest r) {
    return call(
        "StartLifecyclePolicyPreview",
        r.repositoryName(),
        r,
        () -> {
          require(r.repositoryName());
          previewed = r.lifecyclePolicyText();
          return StartLifecyclePolicyPreviewResponse.builder().build();
        });
  }

  @Override
  public GetLifecyclePolicyPreviewResponse getLifecyclePolicyPreview(
      GetLifecyclePolicyPreviewRequest r) {
    return call(
        "GetLifecyclePolicyPreview",
        r.repositoryName(),
        r,
        () -> {
          GetLifecyclePolicyPreviewResponse answer = previews.removeFirst();
          return answer.lifecyclePolicyText() == null
              ? answer.toBuilder().lifecyclePolicyText(previewed).build()
              : answer;
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
