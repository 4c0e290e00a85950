package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;
import static dev.ecrrepo.Story.succeededAs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.cloudformation.PhysicalId.FailedCreate;
import dev.ecrrepo.cloudformation.Response;
import dev.ecrrepo.ecr.FakeEcr;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.StackResource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whose repository it is decides what may happen to it.
class OwnershipStoryTest {

  private static final String NAMED = "{'RepositoryName': 'team/app'}";

  private final Story story = new Story();

  @Test
  void creationWritesTheOwnerInTheSameCallAsTheRepository() {
    succeededAs("team/app", story.create("Repo", "r-1", NAMED));
    assertEquals(List.of("CreateRepository", "PutLifecyclePolicy"), story.ecr.calls());
    Map<String, String> tags = story.ecr.stored("team/app").tags;
    assertEquals(
        Map.of(
            "ecrrepo:managed-by", "Custom::EcrRepo",
            "ecrrepo:stack-id", Story.STACK,
            "ecrrepo:logical-id", "Repo",
            "ecrrepo:created-by", "r-1",
            "ecrrepo:applied",
                "1/20260301T120000Z/tags:IMMUTABLE/scan:true/lifecycle:SmZcopY8E33qfFlG/policy:-"),
        tags);
  }

  @Test
  @DisplayName("M26: a Create that is delivered twice makes one repository and the same answer")
  void aRepeatedCreateFindsItsOwnRepository() {
    Response first = story.create("Repo", "r-1", NAMED);
    story.ecr.calls();
    Response second = story.create("Repo", "r-1", NAMED);
    assertEquals(succeeded(first), succeeded(second));
    assertEquals(List.of("CreateRepository"), story.ecr.writes(), "which ECR refused");
    assertEquals(List.of("team/app"), story.ecr.names());
  }

  @Test
  @DisplayName("M27: two deliveries of one Create at the same time both succeed")
  void concurrentDeliveriesOfOneCreateBothSucceed() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      story.ecr.before(
          "CreateRepository",
          () -> {
            both.countDown();
            await(both);
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Response> one = threads.submit(() -> story.create("Repo", "r-1", NAMED));
      Future<Response> two = threads.submit(() -> story.create("Repo", "r-1", NAMED));
      assertEquals(succeeded(one.get()), succeeded(two.get()));
    }
    assertEquals(List.of("team/app"), story.ecr.names());
    assertTrue(story.ecr.stored("team/app").lifecyclePolicy.contains("untagged"));
  }

  @Test
  @DisplayName(
      "M28, M29: a repository of another stack is named, not touched, also by the rollback")
  void aCreateOverAForeignRepositoryFailsAndItsRollbackTouchesNothing() {
    new Story();
    story.stack(Story.OTHER_STACK).create("Theirs", NAMED);
    story.stack(Story.STACK).ecr.calls();
    Response response = story.create("Repo", "r-9", NAMED);
    String reason = failed(response);
    assertTrue(reason.contains("Theirs") && reason.contains("bank"), reason);
    assertEquals(new FailedCreate("r-9").text(), usualId(response, "r-9"));
    story.ecr.calls();
    succeeded(story.delete("Repo", new FailedCreate("r-9").text(), NAMED));
    assertEquals(List.of(), story.ecr.writes());
    assertEquals("Theirs", story.ecr.stored("team/app").tags.get("ecrrepo:logical-id"));
  }

  @Test
  void aRepositoryThatAnEarlierCreateOfTheSameResourceLeftIsNotTakenSilently() {
    story.create("Repo", "r-1", NAMED);
    String reason = failed(story.create("Repo", "r-2", NAMED));
    assertTrue(reason.contains("left behind by an earlier resource Repo of this stack"), reason);
    assertTrue(reason.contains("AdoptExisting: true"), reason);
  }

  @Test
  @DisplayName("M39: a repository that another stack made anew is not deleted")
  void deletingAForeignRepositoryTouchesNothing() {
    story.stack(Story.OTHER_STACK).create("Theirs", NAMED);
    story.stack(Story.STACK).ecr.calls();
    succeededAs("team/app", story.delete("Repo", "team/app", "{'EmptyOnDelete': 'true'}"));
    assertEquals(List.of("ListTagsForResource"), story.ecr.calls());
  }

  @Test
  @DisplayName(
      "M40: without its tags a repository is nobody's: Delete leaves it, Update says how to mend")
  void aRepositoryWhoseTagsWereTakenOffIsLeftAlone() {
    story.create("Repo", NAMED);
    story.ecr.stored("team/app").tags.clear();
    story.ecr.calls();
    String reason = failed(story.update("Repo", "team/app", NAMED, NAMED));
    assertTrue(reason.contains("aws ecr tag-resource"), reason);
    assertTrue(reason.contains("Key=ecrrepo:logical-id,Value=Repo"), reason);
    succeeded(story.delete("Repo", "team/app", NAMED));
    assertEquals(List.of(), story.ecr.writes());
    assertEquals(List.of("team/app"), story.ecr.names());
  }

  @Test
  void aRenameToARepositoryOfNobodyOffersAdoptionAndTellsAStuckRollbackWhatToDo() {
    story.create("Repo", NAMED);
    story.ecr.foreign("team/other", Map.of());
    String renamed = "{'RepositoryName': 'team/other'}";
    String reason = failed(story.update("Repo", "team/app", NAMED, renamed));
    assertTrue(
        reason.contains(
            "Repository team/other exists already: it has none of this provider's tags"),
        reason);
    assertTrue(reason.contains("AdoptExisting: true"), reason);
    assertTrue(reason.contains("If a rollback is stuck here, run `aws ecr tag-resource"), reason);
  }

  @Test
  void aRepositoryThatHasOnlySomeOfTheTagsIsReleasedBeforeItIsAdopted() {
    story.ecr.foreign("team/app", Map.of("ecrrepo:logical-id", "Repo"));
    String reason = failed(story.create("Repo", NAMED));
    assertTrue(reason.contains("some of the provider's tags"), reason);
    assertTrue(reason.contains("release it with `aws ecr untag-resource"), reason);
    assertFalse(reason.contains("aws ecr tag-resource"), reason);
  }

  @Test
  void aResourceWhoseRepositoryLostSomeOfItsTagsCanClaimIt() {
    succeeded(story.create("Repo", NAMED));
    story.ecr.stored("team/app").tags.remove("ecrrepo:stack-id");
    String reason = failed(story.update("Repo", "team/app", NAMED, NAMED));
    assertTrue(
        reason.contains("If it belongs to this resource, run `aws ecr tag-resource"), reason);
    story
        .ecr
        .stored("team/app")
        .tags
        .putAll(Ownership.ownerTags(new StackResource(Story.STACK, "Repo")));
    succeeded(story.update("Repo", "team/app", NAMED, NAMED));
  }

  @Test
  void adoptionIsNotOfferedToAStackOfAnotherAccountThatMayNotAdopt() {
    story.ecr.foreign("team/app", Map.of());
    story.stack(Story.OTHER_ACCOUNT).alias("999999999999");
    String reason = failed(story.create("Repo", NAMED));
    assertTrue(reason.contains("exists already: it has none of this provider's tags"), reason);
    assertFalse(reason.contains("AdoptExisting"), reason);
  }

  @Test
  @DisplayName("M69: a renamed logical ID meets its old self's repository and says so")
  void aRenamedLogicalIdDoesNotTakeTheRepositoryByItself() {
    story.create("Old", NAMED);
    String reason = failed(story.create("New", NAMED));
    assertTrue(reason.contains("resource Old of stack shop"), reason);
    assertTrue(reason.contains("AdoptExisting: true"), reason);
    assertEquals("Old", story.ecr.stored("team/app").tags.get("ecrrepo:logical-id"));
  }

  @Test
  void anotherAccountsStackIsServedOnlyThroughItsAlias() {
    story.stack(Story.OTHER_ACCOUNT);
    String reason = failed(story.create("Repo", NAMED));
    assertTrue(reason.contains("999999999999") && reason.contains(":account-999"), reason);
    assertEquals(List.of(), story.ecr.calls());
    story.alias("111111111111");
    reason = failed(story.create("Repo", NAMED));
    assertTrue(reason.contains("for stacks of account 111111111111"), reason);
    story.alias("999999999999");
    succeededAs("team/app", story.create("Repo", NAMED));
  }

  @Test
  void aTenantCannotActInTheNameOfAnotherAccountsStack() {
    String forced = "{'RepositoryName': 'team/app', 'EmptyOnDelete': 'true'}";
    succeeded(story.create("Repo", forced));
    story.ecr.stored("team/app").images = 3;
    story.alias("999999999999");
    failed(story.delete("Repo", "team/app", forced));
    failed(story.update("Repo", "team/app", forced, NAMED));
    assertEquals(List.of("team/app"), story.ecr.names());
  }

  @Test
  void anotherAccountsStackIsNotNamed() {
    story.create("Repo", NAMED);
    story.stack(Story.OTHER_ACCOUNT).alias("999999999999");
    String reason = failed(story.create("Repo", NAMED));
    assertTrue(reason.contains("a stack of another account"), reason);
    assertFalse(reason.contains("shop"), reason);
  }

  @Test
  void aStackThatIsNotServedCanStillRollBack() {
    story.stack(Story.OTHER_ACCOUNT);
    succeeded(story.delete("Repo", new FailedCreate("r-1").text(), NAMED));
    assertTrue(failed(story.delete("Repo", "team/app", NAMED)).contains(":account-999999999999"));
    assertEquals(List.of(), story.ecr.calls());
  }

  @Test
  @DisplayName("M66: a stack of another Region is not served")
  void aStackOfAnotherRegionIsNotServed() {
    story.stack(Story.STACK.replace("eu-west-1", "us-east-1"));
    String reason = failed(story.create("Repo", NAMED));
    assertTrue(reason.contains("us-east-1") && reason.contains("eu-west-1"), reason);
    assertEquals(List.of(), story.ecr.calls());
  }

  @Test
  @DisplayName("M56: a tag that is no longer stated goes, one that others set stays")
  void tagsOfOthersSurviveEverything() {
    story.create("Repo", "{'RepositoryName': 'team/app', 'Tags': [{'Key': 'mine', 'Value': '1'}]}");
    FakeEcr.Stored stored = story.ecr.stored("team/app");
    stored.tags.put("governance", "theirs");
    succeeded(
        story.update(
            "Repo",
            "team/app",
            "{'RepositoryName': 'team/app', 'Tags': [{'Key': 'mine', 'Value': '1'}]}",
            NAMED));
    assertNull(stored.tags.get("mine"));
    assertEquals("theirs", stored.tags.get("governance"));
    assertFalse(stored.tags.isEmpty());
  }

  /// What the protocol makes of a blank ID in a failed Create.
  private static String usualId(Response response, String requestId) {
    return response.physicalId().isEmpty()
        ? new FailedCreate(requestId).text()
        : response.physicalId();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
