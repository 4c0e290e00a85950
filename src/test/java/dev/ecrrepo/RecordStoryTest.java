package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;
import static dev.ecrrepo.Story.succeededAs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.ecr.FakeEcr;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is remembered between events: what was applied, when, and from whom.
class RecordStoryTest {

  private static final String NONE = "{'RepositoryName': 'team/app'}";
  private static final String HAND =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"hand\",\"Effect\":\"Allow\","
          + "\"Principal\":{\"AWS\":\"333333333333\"},\"Action\":\"ecr:BatchGetImage\"}]}";
  private static final String RULES_BY_HAND =
      "{\"rules\":[{\"rulePriority\":7,\"selection\":{\"tagStatus\":\"untagged\",\"countType\":"
          + "\"imageCountMoreThan\",\"countNumber\":3},\"action\":{\"type\":\"expire\"}}]}";
  private static final String PRINCIPAL_NOT_FOUND =
      "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Principal not found'";

  private final Story story = new Story();

  private FakeEcr.Stored app() {
    return story.ecr.stored("team/app");
  }

  private static String granting(String... accounts) {
    return stating(
        Stream.of(accounts)
            .map(account ->
                "{'Sid': 'S%1$s', 'Effect': 'Allow', 'Principal': {'AWS': '%1$s'}, 'Action': 'ecr:BatchGetImage'}"
                    .formatted(account))
            .collect(Collectors.joining(",")));
  }

  private static String stating(String statements) {
    return "{'RepositoryName': 'team/app', 'RepositoryPolicyText': {'Version': '2012-10-17',"
        + " 'Statement': ["
        + statements
        + "]}}";
  }

  @Test
  void anUpdateThatWaitedDoesNotWinOverItsRollback() {
    succeeded(story.create("Repo", NONE));
    String open = granting("111111111111");
    story.ecr.fail("SetRepositoryPolicy", 1, "InvalidParameterException", PRINCIPAL_NOT_FOUND, 400);
    // While the update waits for its second attempt, another instance serves the rollback.
    story.whileWaiting(() -> succeeded(story.update("Repo", "team/app", open, NONE)));
    String reason = failed(story.update("Repo", "team/app", NONE, open));
    assertTrue(
        reason.contains(
            "A newer event of the stack, or another stack, changed repository team/app"),
        reason);
    assertNull(app().repositoryPolicy);
  }

  @Test
  void anUpdateWhoseReadWaitedDoesNotWinOverItsRollback() {
    succeeded(story.create("Repo", NONE));
    String open = granting("111111111111");
    // The tags are read at once. The other reads wait for more than five seconds, and during the
    // first wait another instance serves the rollback.
    story.ecr.fail("GetRepositoryPolicy", 6, "ThrottlingException", "Rate exceeded", 400);
    story.whileWaiting(() -> succeeded(story.update("Repo", "team/app", open, NONE)));
    String reason = failed(story.update("Repo", "team/app", NONE, open));
    assertTrue(reason.contains("newer"), reason);
    assertNull(app().repositoryPolicy);
  }

  @Test
  void aRollbackThatWaitedSeesWhatItsUpdateWroteMeanwhile() {
    succeeded(story.create("Repo", NONE));
    String open = granting("111111111111");
    // The update waits for its principal. Meanwhile another instance serves the rollback, which has
    // read the repository when ECR throttles it for more than five seconds.
    story.ecr.fail("SetRepositoryPolicy", 1, "InvalidParameterException", PRINCIPAL_NOT_FOUND, 400);
    String written =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"S111111111111\",\"Effect\":\"Allow\","
            + "\"Principal\":{\"AWS\":\"111111111111\"},\"Action\":\"ecr:BatchGetImage\"}]}";
    story.whileWaiting(() -> {
      story.ecr.fail("TagResource", 6, "ThrottlingException", "Rate exceeded", 400);
      story.whileWaiting(() -> app().repositoryPolicy = written);
      succeeded(story.update("Repo", "team/app", open, NONE));
    });
    failed(story.update("Repo", "team/app", NONE, open));
    assertNull(app().repositoryPolicy);
  }

  @Test
  void anUpdateThatWaitedDoesNotWaitLongToReadAgain() {
    succeeded(story.create("Repo", NONE));
    refuseThePolicyForAWhileAndItsReads("ThrottlingException");
    Instant start = story.time.instant();
    succeeded(story.update("Repo", "team/app", NONE, granting("111111111111")));
    Duration took = Duration.between(start, story.time.instant());
    assertTrue(took.compareTo(Duration.ofMinutes(1)) < 0, took.toString());
  }

  @Test
  void anUpdateThatWaitedAndCannotReadAgainSucceeds() {
    succeeded(story.create("Repo", NONE));
    refuseThePolicyForAWhileAndItsReads("AccessDeniedException");
    succeeded(story.update("Repo", "team/app", NONE, granting("111111111111")));
  }

  /// The update waits for its principal, and from then on ECR does not let it read the policy.
  private void refuseThePolicyForAWhileAndItsReads(String code) {
    story.ecr.fail("SetRepositoryPolicy", 6, "InvalidParameterException", PRINCIPAL_NOT_FOUND, 400);
    story.ecr.before(
        "SetRepositoryPolicy", () -> story.ecr.fail("GetRepositoryPolicy", 999, code, "no", 400));
  }

  @Test
  void complyingWithATightenedGuardrailCanBeRolledBack() {
    String two = granting("111111111111", "222222222222");
    String one = granting("111111111111");
    succeeded(story.create("Repo", two));
    story.guardrails(Map.of("ECRREPO_ALLOWED_GRANT_ACCOUNTS", "111111111111"));
    succeeded(story.update("Repo", "team/app", two, one));
    succeeded(story.update("Repo", "team/app", one, two)); // a sibling failed
    assertTrue(app().repositoryPolicy.contains("222222222222"));
  }

  @Test
  void complyingWithANewRequirementCanBeRolledBack() {
    String mutable = "{'RepositoryName': 'team/app', 'Profile': 'Native'}";
    succeeded(story.create("Repo", mutable));
    story.guardrails(
        Map.of("ECRREPO_REQUIRE_IMMUTABLE_TAGS", "true", "ECRREPO_REQUIRE_SCAN_ON_PUSH", "true"));
    succeeded(story.update("Repo", "team/app", mutable, NONE));
    succeeded(story.update("Repo", "team/app", NONE, mutable));
    assertEquals("MUTABLE", app().repository.imageTagMutabilityAsString());
    assertEquals(
        "tags:MUTABLE+IMMUTABLE/scan:false+true",
        String.join("/", List.of(app().tags.get("ecrrepo:applied").split("/", -1)).subList(2, 4)));
  }

  @Test
  void aNewLimitOnExpiryDoesNotBreakARollback() {
    String few = "{'RepositoryName': 'team/app', 'MaxImageCount': '3'}";
    String more = "{'RepositoryName': 'team/app', 'MaxImageCount': '30'}";
    succeeded(story.create("Repo", few));
    story.guardrails(Map.of("ECRREPO_MIN_IMAGE_COUNT", "10"));
    succeeded(story.update("Repo", "team/app", few, more));
    succeeded(story.update("Repo", "team/app", more, few));
    failed(
        story.update(
            "Repo", "team/app", few, "{'RepositoryName': 'team/app', 'MaxImageCount': '2'}"));
  }

  @Test
  void aRollbackFindsItsGeneratedRepositoryAfterThePrefixChanged() {
    story.guardrails(Map.of("ECRREPO_NAME_PREFIX", "old/"));
    String id = succeeded(story.create("Repo", "{}")).physicalId();
    story.guardrails(Map.of("ECRREPO_NAME_PREFIX", "new/", "ECRREPO_FORMER_NAME_PREFIX", "old/"));
    String named = "{'RepositoryName': 'new/x'}";
    succeededAs("new/x", story.update("Repo", id, "{}", named));
    succeededAs(id, story.update("Repo", "new/x", named, "{}"));
  }

  @Test
  void aRollbackFindsItsRepositoryThoughThePrefixIsNew() {
    String id = succeeded(story.create("Repo", "{}")).physicalId();
    story.guardrails(Map.of("ECRREPO_NAME_PREFIX", "new/"));
    String named = "{'RepositoryName': 'new/x'}";
    succeededAs("new/x", story.update("Repo", id, "{}", named));
    succeededAs(id, story.update("Repo", "new/x", named, "{}"));
  }

  @Test
  void aRefusedNameWasNeverInForce() {
    story.guardrails(Map.of("ECRREPO_NAME_PREFIX", "old/"));
    String id = succeeded(story.create("Repo", "{'EmptyOnDelete': 'true'}")).physicalId();
    story.guardrails(Map.of("ECRREPO_NAME_PREFIX", "new/"));
    String named = "{'EmptyOnDelete': 'true', 'RepositoryName': 'team/x'}";
    failed(story.update("Repo", id, "{'EmptyOnDelete': 'true'}", named));
    succeededAs(id, story.update("Repo", id, named, "{'EmptyOnDelete': 'true'}"));
  }

  @Test
  void aStatementUnderLambdasSidGoesWhenItIsNoLongerStated() {
    String stated =
        stating(
            "{'Sid': 'LambdaECRImageRetrievalPolicy', 'Effect': 'Allow', 'Principal': {'Service':"
                + " 'lambda.amazonaws.com'}, 'Action': 'ecr:*'}");
    story.guardrails(
        Map.of(
            "ECRREPO_ALLOW_PUBLIC_ACCESS", "true", "ECRREPO_ALLOW_ADMINISTRATIVE_GRANTS", "true"));
    succeeded(story.create("Repo", stated));
    succeeded(story.update("Repo", "team/app", stated, granting("111111111111")));
    assertFalse(app().repositoryPolicy.contains("ecr:*"), app().repositoryPolicy);
    succeeded(story.update("Repo", "team/app", granting("111111111111"), stated));
    succeeded(story.update("Repo", "team/app", stated, NONE));
    assertNull(app().repositoryPolicy);
  }

  @Test
  void aLateRepetitionOfACreateRevertsNoUpdate() {
    String open = granting("111111111111");
    succeeded(story.create("Repo", "r-1", open));
    succeeded(story.update("Repo", "team/app", open, NONE));
    String reason = failed(story.create("Repo", "r-1", open));
    assertTrue(reason.contains("older than what was last applied"), reason);
    assertNull(app().repositoryPolicy);
  }

  @Test
  void aLateRepetitionOfACleanUpDeletesNothingNewer() {
    String a = "{'RepositoryName': 'team/a', 'EmptyOnDelete': 'true'}";
    String b = "{'RepositoryName': 'team/b', 'EmptyOnDelete': 'true'}";
    succeeded(story.create("Repo", a));
    succeeded(story.update("Repo", "team/a", a, b));
    String cleanUp = story.nextRequest();
    succeeded(story.delete("Repo", cleanUp, "team/a", a));
    succeeded(story.update("Repo", "team/b", b, a));
    succeeded(story.delete("Repo", "team/b", b));
    story.ecr.stored("team/a").images = 9;
    failed(story.delete("Repo", cleanUp, "team/a", a));
    assertEquals(List.of("team/a"), story.ecr.names());
  }

  @Test
  void aLateRepetitionOfAnUndoneTakeOverTakesNothing() {
    String renamed = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}";
    succeeded(story.create("Old", NONE));
    succeeded(story.create("New", "r-new", renamed));
    succeeded(story.delete("New", "team/app", renamed));
    failed(story.create("New", "r-new", renamed));
    assertEquals("Old", app().tags.get("ecrrepo:logical-id"));
    succeeded(
        story.update(
            "Old", "team/app", NONE, "{'RepositoryName': 'team/app', 'MaxImageCount': '5'}"));
  }

  @Test
  void anUpdateDeliveredAgainAfterItsRollbackTakesNoEffect() {
    String open = granting("111111111111");
    succeeded(story.create("Repo", NONE));
    String update = story.nextRequest(); // dies before its first write
    succeeded(story.update("Repo", "team/app", open, NONE)); // finds nothing to roll back
    failed(story.update("Repo", update, "team/app", NONE, open));
    assertNull(app().repositoryPolicy);
  }

  @Test
  void aRollbackTakesItsRepositoryBackBeforeTheNewResourceEnds() {
    String renamed = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}";
    succeeded(story.create("Old", NONE));
    succeeded(story.create("New", renamed));
    String generated = succeeded(story.update("Old", "team/app", NONE, "{}")).physicalId();
    // A sibling fails. CloudFormation updates the old resource first, then ends the new one.
    succeededAs("team/app", story.update("Old", generated, "{}", NONE));
    assertEquals("Old", app().tags.get("ecrrepo:logical-id"));
    assertNull(app().tags.get("ecrrepo:previous-owner"));
    succeeded(story.delete("New", "team/app", renamed));
    succeeded(story.delete("Old", generated, "{}"));
    assertEquals(List.of("team/app"), story.ecr.names());
    succeeded(story.update("Old", "team/app", NONE, granting("111111111111")));
  }

  @Test
  void aCreationThatTookEffectThoughItsCallFailedIsFinished() {
    succeeded(story.create("Repo", NONE));
    story.ecr.surroundedBy(
        new FakeEcr.Surroundings() {
          @Override
          public <T> T around(FakeEcr.Call call, Supplier<T> effect) {
            T answer = effect.get();
            if (call.operation().equals("CreateRepository")) {
              throw FakeEcr.exception("ServerException", "the connection broke", 500);
            }
            return answer;
          }
        });
    succeededAs(
        "team/next", story.update("Repo", "team/app", NONE, "{'RepositoryName': 'team/next'}"));
    assertTrue(story.ecr.stored("team/next").lifecyclePolicy != null);
  }

  @Test
  void aGrantGoesThoughItsOldPropertiesAreRefusedNow() {
    String stated = granting("111111111111");
    succeeded(story.create("Repo", stated));
    String old = stated.replace("'Version'", "'Extra': '1', 'Version'");
    succeeded(story.update("Repo", "team/app", old, NONE));
    assertNull(app().repositoryPolicy);
  }

  @Test
  void withoutARecordTheOldPropertiesAreTheWitness() {
    String stated = granting("111111111111");
    succeeded(story.create("Repo", stated));
    app().tags.remove("ecrrepo:applied");
    succeeded(story.update("Repo", "team/app", stated, NONE));
    assertNull(app().repositoryPolicy);
    assertTrue(app().tags.get("ecrrepo:applied").matches(".*/policy:-\\+[\\w-]+"));
  }

  @Test
  void aPolicyByHandIsNeitherReplacedNorLost() {
    succeeded(story.create("Repo", NONE));
    app().repositoryPolicy = HAND;
    story.ecr.calls();
    String reason = failed(story.update("Repo", "team/app", NONE, granting("111111111111")));
    assertTrue(reason.contains("aws ecr get-repository-policy --repository-name team/app"), reason);
    assertEquals(List.of(), story.ecr.writes());
    succeeded(story.update("Repo", "team/app", granting("111111111111"), NONE));
    assertEquals(HAND, app().repositoryPolicy);
  }

  @Test
  void aRollbackLeavesPoliciesThatOthersWroteAndTheUpdateStated() {
    String plain = "{'RepositoryName': 'team/app', 'Profile': 'Native'}";
    String stated =
        plain.replace(
            "}",
            (", 'RepositoryPolicyText': " + HAND + ", 'LifecyclePolicy': {'LifecyclePolicyText': ")
                    .replace('"', '\'')
                + RULES_BY_HAND.replace('"', '\'')
                + "}}");
    succeeded(story.create("Repo", plain));
    app().repositoryPolicy = HAND;
    app().lifecyclePolicy = RULES_BY_HAND;
    for (int deployment = 1; deployment <= 2; deployment++) {
      succeeded(story.update("Repo", "team/app", plain, stated));
      String rollback = story.nextRequest(); // a sibling failed
      succeeded(story.update("Repo", rollback, "team/app", stated, plain));
      succeeded(story.update("Repo", rollback, "team/app", stated, plain)); // delivered twice
      assertEquals(HAND, app().repositoryPolicy);
      assertEquals(RULES_BY_HAND, app().lifecyclePolicy);
    }
  }

  @Test
  void aPolicyThatOthersWroteAndTwoUpdatesStatedIsTheResourcesOwn() {
    String stated = NONE.replace("}", ", 'RepositoryPolicyText': " + HAND.replace('"', '\'') + "}");
    succeeded(story.create("Repo", NONE));
    app().repositoryPolicy = HAND;
    succeeded(story.update("Repo", "team/app", NONE, stated));
    String more = stated.replace("{'Rep", "{'MaxImageCount': '50', 'Rep");
    succeeded(story.update("Repo", "team/app", stated, more));
    succeeded(story.update("Repo", "team/app", more, NONE));
    assertNull(app().repositoryPolicy);
  }

  @Test
  void whatSomebodyChangedInAStatedPolicyBecomesWhatTheTemplateSays() {
    String stated = granting("111111111111");
    succeeded(story.create("Repo", stated));
    app().repositoryPolicy = HAND;
    succeeded(story.update("Repo", "team/app", stated, stated));
    assertTrue(app().repositoryPolicy.contains("111111111111"));
  }

  @Test
  void aRenameThatAdoptsTakesNoTagsOfOthersAway() {
    story.guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    story.ecr.foreign("team/b", Map.of("CostCenter", "42"));
    String a = "{'RepositoryName': 'team/a', 'Tags': [{'Key': 'CostCenter', 'Value': '1'}]}";
    String b = "{'RepositoryName': 'team/b', 'AdoptExisting': 'true'}";
    succeeded(story.create("Repo", a));
    succeeded(story.update("Repo", "team/a", a, b));
    assertEquals("42", story.ecr.stored("team/b").tags.get("CostCenter"));
  }

  @Test
  void aRefusedUpdateThatStatedSomebodysTagTakesItNotAway() {
    succeeded(story.create("Repo", NONE));
    app().tags.put("CostCenter", "7");
    String refused =
        "{'RepositoryName': 'team/app', 'ImageTagMutability': 'MAYBE', 'Tags': [{'Key':"
            + " 'CostCenter', 'Value': '1'}]}";
    failed(story.update("Repo", "team/app", NONE, refused));
    succeeded(story.update("Repo", "team/app", refused, NONE));
    assertEquals("7", app().tags.get("CostCenter"));
  }

  @Test
  void aRemovalWhoseAnswerWasLostIsNoFailure() {
    String stated = granting("111111111111");
    succeeded(story.create("Repo", stated));
    story.ecr.before("DeleteRepositoryPolicy", () -> app().repositoryPolicy = null);
    succeeded(story.update("Repo", "team/app", stated, NONE));
  }

  @Test
  void aNameThatIsTakenButNotSeenYetIsLookedForAgain() {
    succeeded(story.create("Repo", "r-1", NONE));
    story.ecr.fail("DescribeRepositories", 3, "RepositoryNotFoundException", "not yet", 400);
    succeededAs("team/app", story.create("Repo", "r-1", NONE));
  }

  @Test
  void tagsAreReplacedWithoutEverBeingMoreThanFifty() {
    succeeded(story.create("Repo", tags("a")));
    story.ecr.calls();
    succeeded(story.update("Repo", "team/app", tags("a"), tags("b")));
    assertEquals(List.of("UntagResource", "TagResource"), story.ecr.writes());
  }

  private static String tags(String prefix) {
    return IntStream.range(0, 30)
        .mapToObj(i -> "{'Key': '" + prefix + i + "', 'Value': 'x'}")
        .collect(Collectors.joining(",", "{'RepositoryName': 'team/app', 'Tags': [", "]}"));
  }

  @Test
  void aRecordThatCannotBeWrittenIsAWarning() {
    succeeded(story.create("Repo", NONE));
    story.ecr.fail("TagResource", 1, "AccessDeniedException", "tags are locked", 400);
    succeeded(story.update("Repo", "team/app", NONE, granting("111111111111")));
    assertTrue(app().repositoryPolicy.contains("111111111111"));
  }

  @Test
  @DisplayName("A rollback that is delivered twice removes a policy that no record mentions")
  void aPolicyWithoutRecordIsRemovedByTheSecondDelivery() {
    succeeded(story.create("Repo", NONE));
    story.ecr.fail("TagResource", 1, "AccessDeniedException", "tags are locked", 400);
    String granting = granting("111111111111");
    succeeded(story.update("Repo", "team/app", NONE, granting));
    story.ecr.fail("DeleteRepositoryPolicy", 1, "AccessDeniedException", "not today", 400);
    String rollback = story.nextRequest();
    failed(story.update("Repo", rollback, "team/app", granting, NONE));
    succeeded(story.update("Repo", rollback, "team/app", granting, NONE));
    assertNull(app().repositoryPolicy);
  }

  @Test
  void anAuthorsTagThatCannotBeWrittenIsAFailure() {
    succeeded(story.create("Repo", NONE));
    story.ecr.fail("TagResource", 1, "AccessDeniedException", "tags are locked", 400);
    failed(story.update("Repo", "team/app", NONE, tags("a")));
  }

  @Test
  void aValueThatEcrInventsLaterStopsNothing() {
    succeeded(story.create("Repo", NONE));
    app().repository = app().repository.toBuilder().imageTagMutability("LOCKED").build();
    succeeded(story.update("Repo", "team/app", NONE, NONE));
    assertEquals("IMMUTABLE", app().repository.imageTagMutabilityAsString());
    app().repository = app().repository.toBuilder().imageTagMutability("LOCKED").build();
    succeeded(story.delete("Repo", "shop-Repo-1ABC", NONE));
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  void whatIsPublicAlreadyStaysSoHoweverEcrPrintsIt() {
    String open =
        "{'Sid': 'A', 'Effect': 'Allow', 'Principal': {'AWS': '*'}, 'Action': 'ecr:BatchGetImage'}";
    story.guardrails(Map.of("ECRREPO_ALLOW_PUBLIC_ACCESS", "true"));
    succeeded(story.create("Repo", stating(open)));
    app().repositoryPolicy = app().repositoryPolicy.replace("{\"AWS\":\"*\"}", "\"*\"");
    story.guardrails(Map.of());
    String more =
        stating(
            open
                + ",{'Sid': 'B', 'Effect': 'Allow', 'Principal': {'AWS': '111111111111'}, 'Action':"
                + " 'ecr:PutImage'}");
    succeeded(story.update("Repo", "team/app", stating(open), more));
  }

  @Test
  void aGrantThatIsNoLongerAllowedCanStayOrGoButNotChange() {
    String pull = granting("111111111111");
    succeeded(story.create("Repo", pull));
    story.guardrails(Map.of("ECRREPO_ALLOWED_GRANT_ACCOUNTS", "222222222222"));
    String reason =
        failed(
            story.update(
                "Repo", "team/app", pull, pull.replace("ecr:BatchGetImage", "ecr:PutImage")));
    assertTrue(reason.contains("can stay exactly as it is, or be removed"), reason);
    succeeded(story.update("Repo", "team/app", pull, granting("111111111111", "222222222222")));
  }

  @Test
  void aDenyThatGoesBringsEverythingBeforeTheGuardrails() {
    String allow =
        "{'Sid': 'A', 'Effect': 'Allow', 'Principal': '*', 'Action': 'ecr:BatchGetImage'}";
    String deny =
        ",{'Sid': 'D', 'Effect': 'Deny', 'Principal': '*', 'Action': 'ecr:BatchGetImage',"
            + " 'Condition': {'StringNotEquals': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}}";
    story.guardrails(Map.of("ECRREPO_ALLOW_PUBLIC_ACCESS", "true"));
    succeeded(story.create("Repo", stating(allow + deny)));
    story.guardrails(Map.of());
    failed(story.update("Repo", "team/app", stating(allow + deny), stating(allow)));
  }

  @Test
  void aNotPrincipalThatNamesFewerIsAChange() {
    String one =
        "{'Sid': 'A', 'Effect': 'Allow', 'NotPrincipal': {'AWS': ['111111111111',"
            + " '222222222222']}, 'Action': 'ecr:BatchGetImage'}";
    story.guardrails(Map.of("ECRREPO_ALLOW_PUBLIC_ACCESS", "true"));
    succeeded(story.create("Repo", stating(one)));
    story.guardrails(Map.of());
    failed(
        story.update(
            "Repo",
            "team/app",
            stating(one),
            stating(one.replace("['111111111111', '222222222222']", "'111111111111'"))));
  }

  @Test
  void aRepositoryMadeAnewByHandIsGivenBackByACommand() {
    succeeded(story.create("Repo", NONE));
    app().tags.clear();
    String reason = failed(story.update("Repo", "team/app", NONE, granting("111111111111")));
    assertTrue(reason.contains("aws ecr tag-resource --resource-arn"), reason);
    assertTrue(reason.contains("--resources-to-skip Repo"), reason);
    assertFalse(reason.contains("AdoptExisting"), reason);
  }

  @Test
  void lambdasStatementCanMakeAPolicyTooLong() {
    String stated = padded(100);
    succeeded(story.create("Repo", stated));
    String lambda =
        "{\"Sid\":\"LambdaECRImageRetrievalPolicy\",\"Effect\":\"Allow\",\"Principal\":"
            + "{\"Service\":\"lambda.amazonaws.com\"},\"Action\":[\"ecr:BatchGetImage\","
            + "\"ecr:GetDownloadUrlForLayer\"],\"Condition\":{\"StringLike\":{\"aws:sourceArn\":"
            + "\"arn:aws:lambda:eu-west-1:123456789012:function:*\"}}}";
    app().repositoryPolicy =
        app().repositoryPolicy.replace("\"Statement\":[", "\"Statement\":[" + lambda + ",");
    String reason = failed(story.update("Repo", "team/app", stated, padded(10_000)));
    assertTrue(reason.contains("with the statement that AWS Lambda added"), reason);
    succeeded(story.update("Repo", "team/app", stated, padded(9_000)));
  }

  private static String padded(int length) {
    return stating(
        "{'Sid': '%s', 'Effect': 'Allow', 'Principal': {'AWS': '111111111111'}, 'Action':"
                .formatted("s".repeat(length))
            + " 'ecr:BatchGetImage'}");
  }

  @Test
  void theTimeOfAnEventIsNotComparedWithoutOne() {
    succeeded(story.create("Repo", NONE));
    story.untimed();
    succeeded(story.update("Repo", "team/app", NONE, granting("111111111111")));
    assertTrue(app().tags.get("ecrrepo:applied").startsWith("1/-/"));
    story.time.pass(Duration.ofSeconds(1));
    succeeded(story.delete("Repo", "team/app", NONE));
  }

  @Test
  @DisplayName("A grant whose removal failed is removed by the next update")
  void aRemovalThatFailedIsMadeUpFor() {
    String open = granting("111111111111");
    succeeded(story.create("Repo", NONE));
    succeeded(story.update("Repo", "team/app", NONE, open));
    story.ecr.fail("DeleteRepositoryPolicy", 1, "AccessDeniedException", "not today", 400);
    failed(story.update("Repo", "team/app", open, NONE));
    // The operator skips the resource in the rollback, so the next update's old properties state no
    // policy.
    succeeded(story.update("Repo", "team/app", NONE, NONE));
    assertNull(app().repositoryPolicy);
  }

  @Test
  @DisplayName("The rollback of a refused rename keeps what others wrote on the repository")
  void aRefusedRenameSaysNothingAboutTheRepositoryThatStays() {
    String hand = HAND.replace('"', '\'');
    String renamed =
        "{'RepositoryName': 'team/b', 'ImageTagMutability': 'NONSENSE', 'RepositoryPolicyText': "
            + hand
            + ", 'Tags': [{'Key': 'CostCenter', 'Value': '1'}]}";
    String unnamed = renamed.replace("'RepositoryName': 'team/b', ", "");
    succeeded(story.create("Repo", NONE));
    app().repositoryPolicy = HAND;
    app().tags.put("CostCenter", "1");
    for (String refused : List.of(renamed, unnamed)) {
      failed(story.update("Repo", "team/app", NONE, refused));
      succeededAs("team/app", story.update("Repo", "team/app", refused, NONE));
      assertEquals(HAND, app().repositoryPolicy);
      assertEquals("1", app().tags.get("CostCenter"));
    }
  }
}
