package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;
import static dev.ecrrepo.Story.succeededAs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.cloudformation.PhysicalId.FailedCreate;
import dev.ecrrepo.repository.FakeEcr;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.Repository;

/// Taking over a repository that exists, living with it, and giving it back.
class AdoptionStoryTest {

  private static final String ADOPT = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}";
  private static final String NAMED = "{'RepositoryName': 'team/app'}";
  private static final String LIFECYCLE =
      "'LifecyclePolicy': {'LifecyclePolicyText': {'rules': [{'rulePriority': '1', 'selection':"
          + " {'tagStatus': 'any', 'countType': 'imageCountMoreThan', 'countNumber': '50'},"
          + " 'action': {'type': 'expire'}}]}}";
  private static final String OLD_POLICY =
      "{\"rules\":[{\"rulePriority\":7,\"selection\":{\"tagStatus\":\"untagged\",\"countType\":"
          + "\"imageCountMoreThan\",\"countNumber\":3},\"action\":{\"type\":\"expire\"}}]}";

  private final Story story = new Story();
  private FakeEcr.Stored stored;

  @BeforeEach
  void aNativeRepositoryWithImagesAndAPolicy() {
    story.guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    stored = story.ecr.foreign("team/app", Map.of("team", "blue"));
    stored.images = 12;
    stored.lifecyclePolicy = OLD_POLICY;
  }

  @Test
  @DisplayName("M30: adopting what nobody owns changes nothing but tags")
  void adoptionWithNothingElseStatedChangesOnlyTags() {
    Repository before = stored.repository;
    succeededAs("team/app", story.create("Repo", ADOPT));
    assertEquals(List.of("CreateRepository", "TagResource"), story.ecr.writes());
    assertEquals(before, stored.repository);
    assertEquals(OLD_POLICY, stored.lifecyclePolicy);
    assertEquals(
        Map.of(
            "team", "blue",
            "ecrrepo:managed-by", "Custom::EcrRepo",
            "ecrrepo:stack-id", Story.STACK,
            "ecrrepo:logical-id", "Repo",
            "ecrrepo:adopted", "true"),
        stored.tags);
  }

  @Test
  void settingsAreTakenOverOneByOneAsTheTemplateStatesThem() {
    story.create("Repo", ADOPT);
    String immutable =
        "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', 'ImageTagMutability':"
            + " 'IMMUTABLE'}";
    story.ecr.calls();
    succeeded(story.update("Repo", "team/app", ADOPT, immutable));
    assertEquals(List.of("PutImageTagMutability"), story.ecr.writes());
    succeeded(story.update("Repo", "team/app", immutable, immutable));
    assertEquals(List.of(), story.ecr.writes());
    // No longer stated: it stays as it is, here.
    succeeded(story.update("Repo", "team/app", immutable, ADOPT));
    assertEquals(List.of(), story.ecr.writes());
    String profile =
        "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', 'Profile': 'Production'}";
    succeeded(story.update("Repo", "team/app", ADOPT, profile));
    assertEquals(
        List.of("PutImageScanningConfiguration", "PutLifecyclePolicy"),
        story.ecr.writes().stream().sorted().toList());
  }

  @Test
  void withoutThePropertyItIsOrdinaryAndStillKeepsWhatIsNotStated() {
    story.create("Repo", ADOPT);
    story.ecr.calls();
    succeeded(story.update("Repo", "team/app", ADOPT, NAMED));
    assertEquals(List.of(), story.ecr.writes());
    assertEquals("true", stored.tags.get("ecrrepo:adopted"));
    stored.images = 0;
    succeeded(story.delete("Repo", "team/app", NAMED));
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  @DisplayName("M31: deleting an adopted repository releases it, with all its images")
  void deletingReleases() {
    Map<String, String> before = new TreeMap<>(stored.tags);
    story.create("Repo", ADOPT);
    story.ecr.calls();
    String forced =
        "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', 'EmptyOnDelete': 'true'}";
    succeeded(story.delete("Repo", "team/app", forced));
    assertEquals(List.of("UntagResource"), story.ecr.writes());
    assertEquals(before, stored.tags);
    assertEquals(12, stored.images);
    assertEquals(OLD_POLICY, stored.lifecyclePolicy);
  }

  @Test
  void anUnreadableAdoptExistingReleasesToo() {
    story.create("Repo", ADOPT);
    story.ecr.calls();
    succeeded(
        story.delete("Repo", "team/app", "{'AdoptExisting': 'yes', 'EmptyOnDelete': 'true'}"));
    assertEquals(List.of("UntagResource"), story.ecr.writes());
  }

  @Test
  void theLifecyclePolicyOfAnUndoneTemplateGoesUnlessSomebodyChangedIt() {
    String stated = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', " + LIFECYCLE + "}";
    story.create("Repo", stated);
    assertTrue(stored.lifecyclePolicy.contains("50"), stored.lifecyclePolicy);
    story.ecr.calls();
    succeeded(story.delete("Repo", "team/app", stated));
    assertEquals(List.of("DeleteLifecyclePolicy", "UntagResource"), story.ecr.writes());
    assertNull(stored.lifecyclePolicy);

    story.create("Repo", stated);
    stored.lifecyclePolicy = OLD_POLICY;
    story.ecr.calls();
    succeeded(story.delete("Repo", "team/app", stated));
    assertEquals(List.of("UntagResource"), story.ecr.writes());
    assertEquals(OLD_POLICY, stored.lifecyclePolicy);
  }

  @Test
  @DisplayName("M70: a renamed logical ID adopts, and the old one's Delete is no act")
  void aRenamedLogicalIdAdopts() {
    Story shop = new Story().guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    shop.create("Old", "r-1", NAMED);
    succeeded(shop.create("New", ADOPT));
    FakeEcr.Stored repository = shop.ecr.stored("team/app");
    assertEquals("New", repository.tags.get("ecrrepo:logical-id"));
    assertEquals("Old", repository.tags.get("ecrrepo:previous-owner"));
    assertEquals("r-1", repository.tags.get("ecrrepo:created-by"));
    shop.ecr.calls();
    succeeded(shop.delete("Old", "team/app", NAMED));
    assertEquals(List.of(), shop.ecr.writes());
  }

  @Test
  void aRenameThatRollsBackGivesTheRepositoryBackToTheOldLogicalId() {
    Story shop = new Story().guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    shop.create("Old", "r-1", NAMED);
    shop.create("New", ADOPT);
    succeeded(shop.delete("New", "team/app", ADOPT));
    FakeEcr.Stored repository = shop.ecr.stored("team/app");
    assertEquals("Old", repository.tags.get("ecrrepo:logical-id"));
    assertNull(repository.tags.get("ecrrepo:previous-owner"));
    succeeded(shop.update("Old", "team/app", NAMED, NAMED));
  }

  @Test
  void twoAdoptionsInARowRememberTheLastOwner() {
    Story shop = new Story().guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    shop.create("First", NAMED);
    shop.create("Second", ADOPT);
    shop.create("Third", ADOPT);
    assertEquals("Second", shop.ecr.stored("team/app").tags.get("ecrrepo:previous-owner"));
    succeeded(shop.delete("Third", "team/app", ADOPT));
    assertEquals("Second", shop.ecr.stored("team/app").tags.get("ecrrepo:logical-id"));
  }

  @Test
  void aRepeatedDeliveryOfAnAdoptionDoesNotRememberItself() {
    story.create("Repo", "r-1", ADOPT);
    story.ecr.calls();
    succeeded(story.create("Repo", "r-1", ADOPT));
    assertEquals(List.of("CreateRepository"), story.ecr.writes(), "which ECR refused");
    assertNull(stored.tags.get("ecrrepo:previous-owner"));
  }

  @Test
  void aStackThatIsMadeAnewUnderItsOldNameTakesItsRepositoriesBack() {
    Story shop = new Story().guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    shop.create("Repo", NAMED);
    shop.stack(Story.SAME_NAME);
    succeeded(shop.create("Repo", ADOPT));
    FakeEcr.Stored repository = shop.ecr.stored("team/app");
    assertEquals(Story.SAME_NAME, repository.tags.get("ecrrepo:stack-id"));
    assertNull(repository.tags.get("ecrrepo:previous-owner"));
  }

  @Test
  void aLivingOwnerKeepsItAndTheWayOutIsACommand() {
    Story shop = new Story().guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    shop.stack(Story.OTHER_STACK).create("Theirs", NAMED);
    shop.stack(Story.STACK).ecr.calls();
    String reason = failed(shop.create("Repo", ADOPT));
    assertTrue(reason.contains("resource Theirs of stack bank"), reason);
    assertTrue(
        reason.contains(
            "aws ecr untag-resource --resource-arn"
                + " arn:aws:ecr:eu-west-1:123456789012:repository/team/app --tag-keys"
                + " ecrrepo:managed-by ecrrepo:stack-id"),
        reason);
    assertEquals(List.of("CreateRepository"), shop.ecr.writes(), "which ECR refused");
  }

  @Test
  void anotherAccountsStackDoesNotAdoptWhatNobodyOwns() {
    story
        .guardrails(
            Map.of(
                "ECRREPO_ALLOW_ADOPTION", "true",
                "ECRREPO_ALLOWED_STACK_ACCOUNTS", "999999999999"))
        .stack(Story.OTHER_ACCOUNT);
    String reason = failed(story.create("Repo", ADOPT));
    assertTrue(reason.contains("a stack of another account"), reason);
    assertFalse(stored.tags.containsKey("ecrrepo:managed-by"));
  }

  @Test
  void theOperatorMustAllowIt() {
    story.guardrails(Map.of());
    String reason = failed(story.create("Repo", ADOPT));
    assertTrue(reason.contains("AllowAdoption"), reason);
    assertFalse(stored.tags.containsKey("ecrrepo:managed-by"));
  }

  @Test
  void anAdoptionThatFailsPutsEverythingBack() {
    Map<String, String> tags = new TreeMap<>(stored.tags);
    Repository before = stored.repository;
    story.ecr.fail("PutImageScanningConfiguration", 1, "ValidationException", "not today", 400);
    String everything =
        "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', 'Profile': 'Production', "
            + LIFECYCLE
            + "}";
    String reason = failed(story.create("Repo", "r-1", everything));
    assertTrue(reason.contains("not today") && reason.contains("as it was"), reason);
    assertEquals(tags, stored.tags);
    assertEquals(before, stored.repository);
    assertEquals(OLD_POLICY, stored.lifecyclePolicy);
    story.ecr.calls();
    succeeded(story.delete("Repo", new FailedCreate("r-1").text(), everything));
    assertEquals(List.of(), story.ecr.writes());
  }

  @Test
  void permissionsThatDoNotKnowTheNewTagsYetAreWaitedFor() {
    story.ecr.fail("PutImageTagMutability", 3, "AccessDeniedException", "not yet", 400);
    succeeded(
        story.create(
            "Repo",
            "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', 'ImageTagMutability':"
                + " 'IMMUTABLE'}"));
  }

  @Test
  void whatCouldNotBePutBackIsNamed() {
    story.ecr.fail("PutLifecyclePolicy", 1, "ValidationException", "not today", 400);
    story.ecr.before(
        "PutLifecyclePolicy",
        () -> story.ecr.fail("UntagResource", 1, "ServerException", "down", 500));
    String stated = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', " + LIFECYCLE + "}";
    String reason = failed(story.create("Repo", "r-1", stated));
    assertTrue(reason.contains("could not be put back: remove the tags ecrrepo:"), reason);
    // The answer then names the repository, so that the rollback's Delete releases it.
    assertEquals("Repo", stored.tags.get("ecrrepo:logical-id"));
    succeeded(story.delete("Repo", "team/app", stated));
    assertFalse(stored.tags.containsKey("ecrrepo:managed-by"));
  }

  @Test
  void aRenameIntoAnExistingRepositoryMayAdoptItToo() {
    story.create("Repo", "{'RepositoryName': 'team/first'}");
    succeededAs(
        "team/app", story.update("Repo", "team/first", "{'RepositoryName': 'team/first'}", ADOPT));
    assertEquals("true", stored.tags.get("ecrrepo:adopted"));
    // Its rollback: back to the first name, then a Delete of the adopted one.
    succeededAs(
        "team/first", story.update("Repo", "team/app", ADOPT, "{'RepositoryName': 'team/first'}"));
    succeeded(story.delete("Repo", "team/app", ADOPT));
    assertEquals(Map.of("team", "blue"), stored.tags);
    assertEquals(12, stored.images);
  }
}
