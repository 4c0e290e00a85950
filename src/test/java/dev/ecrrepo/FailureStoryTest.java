package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;
import static dev.ecrrepo.Story.succeededAs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.cloudformation.Response;
import dev.ecrrepo.ecr.FakeEcr;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens to a repository and to the answer when ECR fails.
class FailureStoryTest {

  private static final String NAMED = "{'RepositoryName': 'team/app'}";
  private static final String GRANTING =
      "{'RepositoryName': 'team/app', 'RepositoryPolicyText': {'Statement': [{'Effect': 'Allow',"
          + " 'Principal': {'AWS': 'arn:aws:iam::111111111111:role/new'}, 'Action':"
          + " 'ecr:BatchGetImage'}]}}";
  private static final String NOT_FOUND =
      "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Principal not found'";

  private final Story story = new Story();

  @Test
  @DisplayName("M32: what a Create made it removes again when the next call fails")
  void aCreateThatCannotFinishLeavesNothing() {
    story.ecr.fail("PutLifecyclePolicy", 1, "ValidationException", "not today", 400);
    Response response = story.create("Repo", NAMED);
    String reason = failed(response);
    assertTrue(
        reason.startsWith(
            "Could not set the lifecycle policy of team/app: ECR answered ValidationException"
                + " \"not today\"."),
        reason);
    assertEquals("", response.physicalId(), "the marker");
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  @DisplayName(
      "A policy that was set though its answer was lost is not removed with its repository")
  void whatWasFinishedAllTheSameStays() {
    story.ecr.surroundedBy(
        new FakeEcr.Surroundings() {
          @Override
          public <T> T around(FakeEcr.Call call, Supplier<T> effect) {
            T done = effect.get();
            if (call.operation().equals("PutLifecyclePolicy")) {
              throw FakeEcr.exception("ServerException", "internal error", 500);
            }
            return done;
          }
        });
    succeeded(story.create("Repo", NAMED));
    assertEquals(List.of("team/app"), story.ecr.names());
    assertEquals(List.of("CreateRepository", "PutLifecyclePolicy"), story.ecr.writes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lifecycle", "policy", "set"})
  @DisplayName("A message states a repository's name that is also a word of the message")
  void aNameThatIsAWordOfTheMessage(String name) {
    story.ecr.fail("PutLifecyclePolicy", 1, "ValidationException", "not today", 400);
    String reason = failed(story.create("Repo", "{'RepositoryName': '" + name + "'}"));
    assertTrue(reason.startsWith("Could not set the lifecycle policy of " + name + ": "), reason);
  }

  @Test
  @DisplayName("A rename that fails names the new repository if the SDK created it twice")
  void aRenameSaysWhatItLeaves() {
    succeeded(story.create("Repo", NAMED));
    createTwice();
    story.ecr.fail("PutLifecyclePolicy", 1, "ValidationException", "not today", 400);
    Response response = story.update("Repo", "team/app", NAMED, "{'RepositoryName': 'team/new'}");
    assertEquals(
        "Could not set the lifecycle policy of team/new: ECR answered ValidationException \"not"
            + " today\". Correct the property that this names. This update created the repository"
            + " team/new, which stays. If the stack does not use it, delete it with `aws ecr"
            + " delete-repository --repository-name team/new`.",
        failed(response));
    assertEquals(List.of("team/app", "team/new"), story.ecr.names());
  }

  @Test
  @DisplayName("A rename that fails names the new repository even if it cannot be read")
  void aRenameSaysWhatItMayLeave() {
    succeeded(story.create("Repo", NAMED));
    createTwice();
    story.ecr.fail("DescribeRepositories", 1, "AccessDeniedException", "not today", 400);
    String reason =
        failed(story.update("Repo", "team/app", NAMED, "{'RepositoryName': 'team/new'}"));
    assertTrue(
        reason.endsWith(
            " This update may have created the repository team/new. If no stack uses it, delete it"
                + " with `aws ecr delete-repository --repository-name team/new`."),
        reason);
  }

  @Test
  @DisplayName(
      "A rename keeps what the SDK's first attempt created, though the others were throttled")
  void aThrottledCreationMayHaveHadAnEffect() {
    succeeded(story.create("Repo", NAMED));
    throttleAfter("CreateRepository");
    succeededAs(
        "team/new", story.update("Repo", "team/app", NAMED, "{'RepositoryName': 'team/new'}"));
    assertTrue(story.ecr.stored("team/new").lifecyclePolicy.contains("untagged"));
  }

  @Test
  @DisplayName("A rename that is throttled to the end says what it may have created")
  void aThrottledRenameSaysWhatItMayLeave() {
    succeeded(story.create("Repo", NAMED));
    throttleAfter("CreateRepository");
    story.ecr.fail("DescribeRepositories", 999, "ThrottlingException", "Rate exceeded", 400);
    assertEquals(
        "Could not create the repository team/new (IMMUTABLE, scan on push, AES256): ECR throttled"
            + " this account's calls until the time ran out (ThrottlingException). Try the"
            + " operation again when fewer stacks are deployed at once. Whether this had an effect"
            + " is not known: Could not read the repository team/new: ECR throttled this account's"
            + " calls until the time ran out (ThrottlingException). Try the operation again when"
            + " fewer stacks are deployed at once. This update may have created the repository"
            + " team/new. If no stack uses it, delete it with `aws ecr delete-repository"
            + " --repository-name team/new`.",
        failed(story.update("Repo", "team/app", NAMED, "{'RepositoryName': 'team/new'}")));
  }

  @Test
  @DisplayName("A rename that adopts says what it may have taken over")
  void aThrottledAdoptionSaysWhatItMayLeave() {
    succeeded(story.create("Repo", NAMED));
    story.ecr.foreign("team/new", Map.of());
    story.guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    throttleAfter("TagResource");
    story.ecr.before(
        "TagResource",
        () -> story.ecr.fail("DescribeRepositories", 999, "ThrottlingException", "slow", 400));
    String reason =
        failed(
            story.update(
                "Repo",
                "team/app",
                NAMED,
                "{'RepositoryName': 'team/new', 'AdoptExisting': 'true'}"));
    assertTrue(
        reason.contains(
            " This update may have taken over the repository team/new. If no stack uses it, release"
                + " it with `aws ecr untag-resource --resource-arn"),
        reason);
  }

  /// As the SDK reports a call if its first attempt takes effect, but has no answer, and all others
  /// are throttled.
  private void throttleAfter(String operation) {
    story.ecr.surroundedBy(
        new FakeEcr.Surroundings() {
          private boolean done;

          @Override
          public <T> T around(FakeEcr.Call call, Supplier<T> effect) {
            if (!call.operation().equals(operation)) {
              return effect.get();
            }
            if (!done) {
              done = true;
              var _ = effect.get();
            }
            throw FakeEcr.exception("ThrottlingException", "Rate exceeded", 400);
          }
        });
  }

  @Test
  @DisplayName("A rename that fails says how to delete the new repository that it could not delete")
  void aRenameSaysWhatItCouldNotDelete() {
    succeeded(story.create("Repo", NAMED));
    story.ecr.fail("PutLifecyclePolicy", 1, "ValidationException", "not today", 400);
    story.ecr.fail("DeleteRepository", 1, "ServerException", "internal error", 500);
    String reason =
        failed(story.update("Repo", "team/app", NAMED, "{'RepositoryName': 'team/new'}"));
    assertTrue(
        reason.contains(" This request created the repository team/new, which remains: "), reason);
    assertTrue(
        reason.endsWith(
            " If the stack does not use it, delete it with `aws ecr delete-repository"
                + " --repository-name team/new`."),
        reason);
    assertEquals(List.of("team/app", "team/new"), story.ecr.names());
  }

  /// As the SDK does if the answer to its first attempt is lost.
  private void createTwice() {
    story.ecr.surroundedBy(
        new FakeEcr.Surroundings() {
          @Override
          public <T> T around(FakeEcr.Call call, Supplier<T> effect) {
            if (call.operation().equals("CreateRepository")) {
              var _ = effect.get();
            }
            return effect.get();
          }
        });
  }

  /// It is not removed either if it cannot be read whether it is complete.
  @ParameterizedTest
  @ValueSource(strings = {"DeleteRepository", "GetLifecyclePolicy"})
  @DisplayName("M33, M34: what could not be removed is named, and a later Delete removes it")
  void aRepositoryThatCouldNotBeRemovedIsTheAnswersId(String failing) {
    story.ecr.fail("PutLifecyclePolicy", 1, "ValidationException", "not today", 400);
    story.ecr.fail(failing, 1, "ServerException", "internal error", 500);
    Response response = story.create("Repo", NAMED);
    assertTrue(failed(response).contains(", which remains: "), response.toString());
    assertEquals("team/app", response.physicalId());
    assertEquals(List.of("team/app"), story.ecr.names());
    succeeded(story.delete("Repo", "team/app", NAMED));
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  void aRoleThatMayNotReadRemovesWhatItCouldNotComplete() {
    story.ecr.fail("PutLifecyclePolicy", 1, "ValidationException", "not today", 400);
    story.ecr.fail("DescribeRepositories", 1, "AccessDeniedException", "no", 400);
    Response response = story.create("Repo", NAMED);
    failed(response);
    assertEquals("", response.physicalId(), "the marker");
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  @DisplayName("M35: an image that was pushed meanwhile is not lost")
  void anImagePushedMeanwhileKeepsTheRepository() {
    story.ecr.before("PutLifecyclePolicy", () -> story.ecr.stored("team/app").images = 1);
    story.ecr.fail("PutLifecyclePolicy", 1, "ValidationException", "not today", 400);
    Response response =
        story.create("Repo", "{'RepositoryName': 'team/app', 'EmptyOnDelete': 'true'}");
    failed(response);
    assertEquals("team/app", response.physicalId());
    assertEquals(1, story.ecr.stored("team/app").images);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAnotherResourceTookOverMeanwhileStays(boolean timed) {
    if (!timed) {
      story.untimed();
    }
    String adopt = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}";
    story.ecr.before(
        "PutLifecyclePolicy",
        () -> story.ecr.stored("team/app").tags.put("ecrrepo:logical-id", "Other"));
    story.ecr.fail("PutLifecyclePolicy", 1, "ValidationException", "not today", 400);
    failed(story.create("Repo", adopt));
    assertEquals("Other", story.ecr.stored("team/app").tags.get("ecrrepo:logical-id"));
  }

  @Test
  void aFailingDuplicateDoesNotRemoveWhatItsTwinReported() {
    succeeded(story.create("Repo", "r-1", NAMED));
    story.ecr.stored("team/app").lifecyclePolicy = null;
    story.ecr.fail("PutLifecyclePolicy", 1, "ValidationException", "not today", 400);
    Response response = story.create("Repo", "r-1", NAMED);
    failed(response);
    assertEquals("team/app", response.physicalId());
    assertEquals(List.of("team/app"), story.ecr.names());
  }

  @Test
  @DisplayName("M52: the same RequestId again, after the cause is gone, is done and not replayed")
  void aRequestIdIsNoAnswer() {
    story.ecr.fail("CreateRepository", 1, "LimitExceededException", "too many", 400);
    assertTrue(failed(story.create("Repo", "r-1", NAMED)).contains("Service Quotas"));
    succeededAs("team/app", story.create("Repo", "r-1", NAMED));
  }

  @Test
  @DisplayName("M57: a repository that is not yet known to the next call is waited for")
  void aFreshRepositoryMayBeUnknownForAWhile() {
    story.ecr.fail("PutLifecyclePolicy", 3, "RepositoryNotFoundException", "does not exist", 400);
    succeededAs("team/app", story.create("Repo", NAMED));
    assertTrue(story.ecr.stored("team/app").lifecyclePolicy.contains("untagged"));
  }

  @Test
  @DisplayName("M58: a principal that was just created is waited for")
  void aNewPrincipalIsWaitedFor() {
    story.ecr.fail("SetRepositoryPolicy", 9, "InvalidParameterException", NOT_FOUND, 400);
    succeededAs("team/app", story.create("Repo", GRANTING));
    assertTrue(story.ecr.stored("team/app").repositoryPolicy.contains("role/new"));
  }

  @Test
  @DisplayName("M59: a principal that never comes is a failure, and nothing is left")
  void aPrincipalThatNeverComesIsAFailure() {
    story.ecr.fail("SetRepositoryPolicy", 99, "InvalidParameterException", NOT_FOUND, 400);
    var start = story.time.instant();
    String reason = failed(story.create("Repo", GRANTING));
    assertTrue(reason.contains("A principal of the policy does not exist"), reason);
    assertTrue(reason.endsWith("The policy names arn:aws:iam::111111111111:role/new."), reason);
    assertTrue(Duration.between(start, story.time.instant()).compareTo(Duration.ofMinutes(1)) <= 0);
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  @DisplayName("M60: a missing permission is named and not tried again")
  void aMissingPermissionIsNamed() {
    story.ecr.fail(
        "CreateRepository",
        1,
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/p/f is not authorized to perform:"
            + " ecr:TagResource on resource:"
            + " arn:aws:ecr:eu-west-1:123456789012:repository/team/app",
        400);
    String reason = failed(story.create("Repo", NAMED));
    assertTrue(reason.contains("may not call ecr:TagResource"), reason);
    assertEquals(List.of("CreateRepository"), story.ecr.calls());
  }

  @Test
  void throttlingThatEndsIsWaitedFor() {
    story.ecr.fail("CreateRepository", 30, "ThrottlingException", "Rate exceeded", 400);
    story.ecr.fail("PutLifecyclePolicy", 30, "ThrottlingException", "Rate exceeded", 400);
    succeeded(story.create("Repo", NAMED));
  }

  @Test
  void throttlingIsWaitedForWithAShortServiceTimeoutToo() {
    story.limit(Duration.ofSeconds(30));
    story.ecr.fail("CreateRepository", 4, "ThrottlingException", "Rate exceeded", 400);
    succeeded(story.create("Repo", NAMED));
  }

  @Test
  void throttlingLeavesTimeToUndoACreate() {
    story.ecr.fail("PutLifecyclePolicy", 999, "ThrottlingException", "Rate exceeded", 400);
    story.ecr.fail("DeleteRepository", 5, "ThrottlingException", "Rate exceeded", 400);
    String reason = failed(story.create("Repo", NAMED));
    assertTrue(reason.contains("throttled"), reason);
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  @DisplayName("M16: throttling until the end is said in plain words, and nothing is left")
  void throttlingToTheEndIsSaid() {
    story.ecr.fail("CreateRepository", 999, "ThrottlingException", "Rate exceeded", 400);
    String reason = failed(story.create("Repo", NAMED));
    assertTrue(reason.contains("throttled"), reason);
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  @DisplayName("M61: a disabled key and a full registry are said with what helps")
  void keysAndQuotasAreSaid() {
    story.ecr.fail("CreateRepository", 1, "KmsException", "the key is disabled", 400);
    assertTrue(failed(story.create("Repo", NAMED)).contains("is enabled"));
    story.ecr.fail("CreateRepository", 1, "LimitExceededException", "too many", 400);
    assertTrue(failed(story.create("Repo", NAMED)).contains("higher quota"));
  }

  @Test
  @DisplayName("M18: an endless error text is cut")
  void anEndlessErrorTextIsCut() {
    story.ecr.fail("CreateRepository", 1, "ServerException", "x".repeat(20_000), 500);
    String reason = failed(story.create("Repo", NAMED));
    assertTrue(reason.length() < 1_000, reason.length() + " characters");
    assertTrue(reason.endsWith("Try the operation again."), reason);
  }

  @Test
  void afterItsTimeNothingIsChanged() {
    story.limit(Duration.ZERO);
    String reason = failed(story.create("Repo", NAMED));
    assertTrue(reason.endsWith("the time for this operation is over. Try it again."), reason);
    assertEquals(List.of(), story.ecr.calls());
  }

  @Test
  void aRenameWithoutTimeSaysWhatAnEarlierDeliveryMayHaveCreated() {
    succeeded(story.create("Repo", NAMED));
    story.limit(Duration.ZERO);
    String reason =
        failed(story.update("Repo", "team/app", NAMED, "{'RepositoryName': 'team/next'}"));
    assertTrue(reason.contains("time for this operation is over"), reason);
    assertTrue(reason.contains("may have created the repository team/next"), reason);
    assertFalse(reason.contains("had an effect"), reason);
  }

  @Test
  @DisplayName("M37: the author's and the provider's tags together leave room for the owner's")
  void defaultTagsCountAgainstTheLimit() {
    StringBuilder tags = new StringBuilder();
    for (int i = 0; i < 43; i++) {
      tags.append(i == 0 ? "" : ", ").append("{'Key': 'k").append(i).append("', 'Value': 'v'}");
    }
    String full = "{'RepositoryName': 'team/app', 'Tags': [" + tags + "]}";
    story.guardrails(Map.of("ECRREPO_DEFAULT_TAGS", "CostCenter=42"));
    String reason = failed(story.create("Repo", full));
    assertTrue(reason.contains("44") && reason.contains("Remove 1"), reason);
    assertEquals(List.of(), story.ecr.calls());
    story.guardrails(Map.of());
    succeeded(story.create("Repo", full));
    assertEquals(48, story.ecr.stored("team/app").tags.size());
  }

  @Test
  void defaultTagsThatTheOperatorAddsLaterBreakNoUpdateAndNoRollback() {
    StringBuilder tags = new StringBuilder();
    for (int i = 0; i < 42; i++) {
      tags.append(i == 0 ? "" : ", ").append("{'Key': 'k").append(i).append("', 'Value': 'v'}");
    }
    String many = "{'RepositoryName': 'team/app', 'Tags': [" + tags + "]}";
    succeeded(story.create("Repo", many));
    story.guardrails(Map.of("ECRREPO_DEFAULT_TAGS", "CostCenter=42,Team=blue"));
    succeeded(story.update("Repo", "team/app", many, many.replace("'v'", "'w'")));
    assertEquals("42", story.ecr.stored("team/app").tags.get("CostCenter"));
    assertFalse(story.ecr.stored("team/app").tags.containsKey("Team"), "it does not fit");
    succeeded(story.update("Repo", "team/app", many.replace("'v'", "'w'"), many));
    story.ecr.calls();
    succeeded(story.update("Repo", "team/app", many, many));
    assertEquals(List.of(), story.ecr.writes());
  }

  @Test
  void defaultTagsAreWrittenUnderTheAuthorsOwn() {
    story.guardrails(Map.of("ECRREPO_DEFAULT_TAGS", "CostCenter=42, Team=platform"));
    story.create(
        "Repo", "{'RepositoryName': 'team/app', 'Tags': [{'Key': 'Team', 'Value': 'shop'}]}");
    assertEquals("42", story.ecr.stored("team/app").tags.get("CostCenter"));
    assertEquals("shop", story.ecr.stored("team/app").tags.get("Team"));
  }
}
