package dev.ecrrepo.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.FaultLines;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.policy.IamEvaluator;
import dev.ecrrepo.policy.IamEvaluator.Caller;
import dev.ecrrepo.policy.RepositoryPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a grant comes to: for every caller, every operation on a repository is tried.
class AccessOutcomesTest {

  private static final String REPOSITORY =
      "arn:aws:ecr:eu-west-1:999988887777:repository/shop/cart";

  static final List<String> OPERATIONS =
      """
      BatchCheckLayerAvailability BatchDeleteImage BatchGetImage BatchImportUpstreamImage
      CompleteLayerUpload DeleteLifecyclePolicy DeleteRepository DeleteRepositoryPolicy
      DescribeImageReplicationStatus DescribeImageScanFindings DescribeImageSigningStatus DescribeImages DescribeRepositories
      GetDownloadUrlForLayer GetLifecyclePolicy GetLifecyclePolicyPreview GetRepositoryPolicy
      InitiateLayerUpload ListImages ListTagsForResource PutImage PutImageScanningConfiguration
      PutImageTagMutability PutLifecyclePolicy ReplicateImage SetRepositoryPolicy StartImageScan
      StartLifecyclePolicyPreview TagResource UntagResource UpdateImageStorageClass UploadLayerPart
      """
          .lines()
          .flatMap(line -> Stream.of(line.split(" ")))
          .toList();

  static final String PULL = "BatchCheckLayerAvailability BatchGetImage GetDownloadUrlForLayer";
  static final String PUSH =
      PULL + " CompleteLayerUpload InitiateLayerUpload PutImage UploadLayerPart";
  private static final String READ =
      "DescribeImageReplicationStatus DescribeImageScanFindings DescribeImageSigningStatus"
          + " DescribeImages DescribeRepositories GetLifecyclePolicy GetLifecyclePolicyPreview"
          + " GetRepositoryPolicy ListImages ListTagsForResource";
  private static final String RUN = "BatchGetImage GetDownloadUrlForLayer";
  private static final String IMPORT = PULL + " BatchImportUpstreamImage";

  /// Accounts 1 to 3 are of organization X, in units A, A/B and C; 4 is of organization Y, whose ID
  /// begins like X's; 5 is of none.
  private static final Map<String, Caller> CALLERS = callers();

  private static Map<String, Caller> callers() {
    Map<String, Caller> callers = new LinkedHashMap<>();
    String x = "o-a1b2c3d4e5";
    String y = "o-a1b2c3d4e5x";
    String a = x + "/r-ab12/ou-ab12-aaaaaaaa/";
    callers.put("1/ci", member("arn:aws:iam::111111111111:role/ci", x, a));
    callers.put("1/other", member("arn:aws:iam::111111111111:role/other", x, a));
    callers.put("2/ci", member("arn:aws:iam::222222222222:role/ci", x, a + "ou-ab12-bbbbbbbb/"));
    callers.put(
        "3/ci", member("arn:aws:iam::333333333333:role/ci", x, x + "/r-ab12/ou-ab12-cccccccc/"));
    callers.put(
        "4/ci", member("arn:aws:iam::444444444444:role/ci", y, y + "/r-ab12/ou-ab12-aaaaaaaa/"));
    callers.put("5/ci", new Caller("arn:aws:iam::555555555555:role/ci", Map.of()));
    callers.put("5/user", new Caller("arn:aws:iam::555555555555:user/jo", Map.of()));
    callers.put("lambda for 1", lambda("111111111111"));
    callers.put("lambda for 2", lambda("222222222222"));
    callers.put("lambda for nobody", new Caller("lambda.amazonaws.com", Map.of()));
    callers.put("codebuild for 1", codebuild("111111111111"));
    callers.put("codebuild for 2", codebuild("222222222222"));
    callers.put("codebuild for nobody", new Caller("codebuild.amazonaws.com", Map.of()));
    callers.put("another service", new Caller("ecs.amazonaws.com", Map.of()));
    callers.put("anonymous", new Caller("", Map.of()));
    return callers;
  }

  private static Caller member(String arn, String organization, String path) {
    return new Caller(
        arn,
        Map.of(
            "aws:PrincipalOrgID", Json.of(organization),
            "aws:PrincipalOrgPaths", Json.strings(List.of(path))));
  }

  private static Caller lambda(String account) {
    return new Caller(
        "lambda.amazonaws.com",
        Map.of("aws:SourceArn", Json.of("arn:aws:lambda:eu-west-1:" + account + ":function:f")));
  }

  private static Caller codebuild(String account) {
    return new Caller("codebuild.amazonaws.com", Map.of("aws:SourceAccount", Json.of(account)));
  }

  /// An intention and what comes of it; whoever is not listed may do nothing.
  record Row(String intention, String access, Map<String, String> may) {
    @Override
    public String toString() {
      return intention;
    }
  }

  static List<Row> rows() {
    return List.of(
        new Row(
            "two accounts pull, a third does not",
            "{'Pull': {'AccountIds': ['111111111111', '555555555555']}}",
            Map.of("1/ci", PULL, "1/other", PULL, "5/ci", PULL, "5/user", PULL)),
        new Row(
            "an account pushes, and deletes nothing",
            "{'Push': {'AccountIds': ['222222222222']}}",
            Map.of("2/ci", PUSH)),
        new Row(
            "a role deletes images, and not the repository",
            "{'Delete': {'PrincipalArns': ['arn:aws:iam::222222222222:role/ci']}}",
            Map.of("2/ci", "BatchDeleteImage ListImages")),
        new Row(
            "an account pulls, and a service for it, not for others",
            "{'Pull': {'AccountIds': ['111111111111'], 'Services':"
                + " ['codebuild.amazonaws.com']}}",
            Map.of("1/ci", PULL, "1/other", PULL, "codebuild for 1", PULL)),
        new Row(
            "an account looks, and does not pull",
            "{'Read': {'AccountIds': ['222222222222']}}",
            Map.of("2/ci", READ)),
        new Row(
            "one role of an account, none beside it",
            "{'Pull': {'PrincipalArns': ['arn:aws:iam::111111111111:role/ci']}}",
            Map.of("1/ci", PULL)),
        new Row(
            "a user",
            "{'Push': {'PrincipalArns': ['arn:aws:iam::555555555555:user/jo']}}",
            Map.of("5/user", PUSH)),
        new Row(
            "an organization, and no outsider",
            "{'Pull': {'OrganizationIds': ['o-a1b2c3d4e5']}}",
            Map.of("1/ci", PULL, "1/other", PULL, "2/ci", PULL, "3/ci", PULL)),
        new Row(
            "two organizations",
            "{'Read': {'OrganizationIds': ['o-a1b2c3d4e5', 'o-a1b2c3d4e5x']}}",
            Map.of("1/ci", READ, "1/other", READ, "2/ci", READ, "3/ci", READ, "4/ci", READ)),
        new Row(
            "an organizational unit and all below",
            "{'Push': {'OrganizationPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-aaaaaaaa/*']}}",
            Map.of("1/ci", PUSH, "1/other", PUSH, "2/ci", PUSH)),
        new Row(
            "an organizational unit's own accounts only",
            "{'Pull': {'OrganizationPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-aaaaaaaa/']}}",
            Map.of("1/ci", PULL, "1/other", PULL)),
        new Row(
            "the units below an organizational unit only",
            "{'Push': {'OrganizationPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-aaaaaaaa/ou-*']}}",
            Map.of("2/ci", PUSH)),
        new Row(
            "a whole organization by its path",
            "{'Pull': {'OrganizationPaths': ['o-a1b2c3d4e5/*']}}",
            Map.of("1/ci", PULL, "1/other", PULL, "2/ci", PULL, "3/ci", PULL)),
        new Row(
            "an account, a role, an organization and a unit of another at once",
            "{'Pull': {'AccountIds': ['222222222222'],"
                + " 'PrincipalArns': ['arn:aws:iam::555555555555:role/ci'],"
                + " 'OrganizationIds': ['o-a1b2c3d4e5x'],"
                + " 'OrganizationPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-cccccccc/']}}",
            Map.of("2/ci", PULL, "5/ci", PULL, "4/ci", PULL, "3/ci", PULL)),
        new Row(
            "Lambda functions of one account",
            "{'Lambda': {'AccountIds': ['111111111111']}}",
            Map.of("1/ci", RUN, "1/other", RUN, "lambda for 1", RUN)),
        new Row(
            "a cache that an account fills",
            "{'PullThroughCache': {'AccountIds': ['222222222222']}}",
            Map.of("2/ci", IMPORT)),
        new Row(
            "a cache's prefix that the repository has",
            "{'PullThroughCache': {'AccountIds': ['222222222222'], 'RepositoryPrefixes':"
                + " ['shop/']}}",
            Map.of("2/ci", IMPORT)),
        new Row(
            "a cache's prefix that the repository does not have, beside a grant that counts",
            "{'PullThroughCache': {'AccountIds': ['222222222222'], 'RepositoryPrefixes':"
                + " ['hub/*']}, 'Read': {'AccountIds': ['111111111111']}}",
            Map.of("1/ci", READ, "1/other", READ)),
        new Row(
            "pull and push to different ones",
            "{'Pull': {'AccountIds': ['111111111111']}, 'Push': {'AccountIds': ['222222222222']}}",
            Map.of("1/ci", PULL, "1/other", PULL, "2/ci", PUSH)));
  }

  private static IamEvaluator iam;

  @BeforeAll
  static void start() throws IOException {
    iam = new IamEvaluator();
  }

  @AfterAll
  static void stop() throws IOException {
    iam.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aGrantGivesExactlyItsActionsToExactlyItsGrantees(Row row) {
    JsonObject policy = policy(row.access(), "aws").document();
    Map<String, Set<String>> may = new TreeMap<>();
    CALLERS.forEach((name, caller) ->
        may.put(
            name,
            OPERATIONS.stream()
                .filter(op -> iam.allows(policy, caller, "ecr:" + op, REPOSITORY))
                .collect(Collectors.toCollection(TreeSet::new))));
    may.values().removeIf(Set::isEmpty);
    Map<String, Set<String>> expected = new TreeMap<>();
    row.may().forEach((name, ops) -> expected.put(name, new TreeSet<>(Set.of(ops.split(" ")))));
    assertEquals(expected, may);
  }

  @Test
  void withoutLeaveOfTheirOwnAccountNobodyOfItGetsIn() {
    JsonObject policy = policy("{'Pull': {'AccountIds': ['555555555555']}}", "aws").document();
    Caller caller = CALLERS.get("5/ci");
    assertTrue(iam.allows(policy, caller, "ecr:BatchGetImage", REPOSITORY));
    assertFalse(iam.allows(policy, caller, "", "ecr:BatchGetImage", REPOSITORY));
  }

  @Test
  void removingAGrantRemovesTheRight() {
    String both =
        "{'Pull': {'AccountIds': ['111111111111']}, 'Push': {'AccountIds': ['555555555555']}}";
    String one = "{'Pull': {'AccountIds': ['111111111111']}}";
    Caller pusher = CALLERS.get("5/ci");
    assertTrue(iam.allows(policy(both, "aws").document(), pusher, "ecr:PutImage", REPOSITORY));
    assertFalse(iam.allows(policy(one, "aws").document(), pusher, "ecr:PutImage", REPOSITORY));
    assertFalse(iam.allows(JsonObject.EMPTY, pusher, "ecr:PutImage", REPOSITORY));
  }

  @ParameterizedTest
  @MethodSource("partitions")
  void grantsHoldInEveryPartition(String partition) {
    JsonObject policy =
        policy(
                "{'Pull': {'AccountIds': ['555555555555']}, 'Lambda': {'AccountIds':"
                    + " ['111111111111']}}",
                partition)
            .document();
    String repository = REPOSITORY.replace("arn:aws:", "arn:" + partition + ":");
    Caller role = new Caller("arn:" + partition + ":iam::555555555555:role/ci", Map.of());
    Caller function =
        new Caller(
            "lambda.amazonaws.com",
            Map.of(
                "aws:SourceArn",
                Json.of("arn:" + partition + ":lambda:r:111111111111:function:f")));
    assertTrue(iam.allows(policy, role, "ecr:BatchGetImage", repository));
    assertTrue(iam.allows(policy, function, "ecr:BatchGetImage", repository));
  }

  static List<String> partitions() {
    return List.of("aws", "aws-cn", "aws-us-gov");
  }

  private static RepositoryPolicy policy(String access, String partition) {
    try {
      List<Fault> faults = new ArrayList<>();
      Optional<RepositoryPolicy> policy =
          StatedPolicy.read(
              Optional.of(Json.parse(access.replace('\'', '"'))),
              Optional.empty(),
              Optional.of("shop/cart"),
              partition,
              faults);
      return policy.orElseThrow(() -> new AssertionError(FaultLines.of(faults)));
    } catch (JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
