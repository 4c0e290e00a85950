package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;
import static dev.ecrrepo.Story.succeededAs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.cloudformation.PhysicalId.FailedCreate;
import dev.ecrrepo.ecr.FakeEcr;
import dev.ecrrepo.logging.Printed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.model.Repository;

/// Taking over a repository that exists, living with it, and giving it back.
class AdoptionStoryTest {

  private static final String ADOPT = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}";
  private static final String NAMED = "{'RepositoryName': 'team/app'}";
  private static final String OTHER = "{'RepositoryName': 'team/b'}";
  private static final String ADOPT_OTHER = "{'RepositoryName': 'team/b', 'AdoptExisting': 'true'}";
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

  /// A repository that nobody owns, and that has all that the default profile wants.
  private static FakeEcr.Stored released(Story shop) {
    succeeded(shop.create("Theirs", NAMED));
    FakeEcr.Stored released = shop.ecr.stored("team/app");
    released.tags.clear();
    return released;
  }

  /// New takes over from Old a repository that this stack made.
  private void takeOverFromOld() {
    succeeded(story.create("Old", OTHER));
    succeeded(story.create("New", ADOPT_OTHER));
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
            "ecrrepo:adopted", "true",
            "ecrrepo:applied", "1/20260301T120001Z/tags:-/scan:-/lifecycle:-/policy:-"),
        stored.tags);
  }

  @Test
  void aRefusedCreateDoesNotReleaseWhatTheResourceAdoptedLongBefore() {
    succeeded(story.create("Repo", ADOPT)); // and later retained
    Map<String, String> tags = Map.copyOf(stored.tags);
    story.time.pass(Duration.ofHours(2));
    String different =
        "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', 'ImageTagMutability':"
            + " 'IMMUTABLE'}";
    failed(story.create("Repo", "r-2", different));
    succeeded(story.delete("Repo", new FailedCreate("r-2").text(), different));
    assertEquals(tags, stored.tags);
  }

  @Test
  void givingUpAnAdoptionThatStatedNoExpiryDoesNotIgnoreTheDefault() {
    String never = ADOPT.replace("}", ", 'ExpireUntaggedAfterDays': 'Never'}");
    succeeded(story.create("Repo", never));
    succeeded(story.update("Repo", "team/app", never, never));
    String kept =
        ", 'ImageTagMutability': 'MUTABLE', 'ImageScanningConfiguration': {'ScanOnPush': 'false'}}";
    String reason = failed(story.update("Repo", "team/app", never, NAMED.replace("}", kept)));
    assertTrue(reason.contains("lifecycle policy"), reason);
    assertEquals(OLD_POLICY, stored.lifecyclePolicy);
  }

  @Test
  void theRollbackOfGivingUpAnAdoptionReturnsToTheSettingsThatWereThere() {
    stored.lifecyclePolicy = null;
    succeeded(story.create("Repo", ADOPT));
    String given = "{'RepositoryName': 'team/app', 'Profile': 'Production'}";
    succeeded(story.update("Repo", "team/app", ADOPT, given));
    assertEquals("IMMUTABLE", stored.repository.imageTagMutabilityAsString());
    succeeded(story.update("Repo", "team/app", given, ADOPT)); // a sibling failed
    assertEquals("MUTABLE", stored.repository.imageTagMutabilityAsString());
    assertEquals(false, stored.repository.imageScanningConfiguration().scanOnPush());
  }

  @Test
  void theCleanUpOfARenameWaitsOutThrottling() {
    takeOverFromOld();
    story.ecr.fail("UntagResource", 1, "ThrottlingException", "slow down", 400);
    succeeded(story.delete("Old", "team/b", OTHER));
    assertFalse(story.ecr.stored("team/b").tags.containsKey("ecrrepo:previous-owner"));
  }

  @Test
  void aThrottledTakeOverDoesNotBringBackThePreviousOwnerThatItsTwinEnded() {
    succeeded(story.create("Old", OTHER));
    story.ecr.fail("TagResource", 1, "ThrottlingException", "slow down", 400);
    story.whileWaiting(() -> {
      succeeded(story.create("New", "r-9", ADOPT_OTHER));
      succeeded(story.delete("Old", "team/b", OTHER));
    });
    succeeded(story.create("New", "r-9", ADOPT_OTHER));
    assertEquals("New", story.ecr.stored("team/b").tags.get("ecrrepo:logical-id"));
    assertFalse(story.ecr.stored("team/b").tags.containsKey("ecrrepo:previous-owner"));
    succeeded(story.delete("New", "team/b", OTHER));
    assertFalse(story.ecr.names().contains("team/b"));
  }

  @Test
  void aTakeOverThatIsDeliveredTwiceAddsNoDefaultTags() {
    takeOverFromOld();
    succeeded(story.delete("New", "team/b", ADOPT_OTHER));
    story.guardrails(Map.of("ECRREPO_DEFAULT_TAGS", "CostCenter=42"));
    succeeded(story.create("New", "r-9", ADOPT_OTHER));
    succeeded(story.create("New", "r-9", ADOPT_OTHER));
    assertFalse(story.ecr.stored("team/b").tags.containsKey("CostCenter"));
    succeeded(story.update("New", "team/b", ADOPT_OTHER, ADOPT_OTHER));
    assertEquals("42", story.ecr.stored("team/b").tags.get("CostCenter"));
  }

  @Test
  void aGiveBackWhoseAnswerWasLostIsFinished() {
    takeOverFromOld();
    story.ecr.surroundedBy(
        new FakeEcr.Surroundings() {
          private boolean lost;

          @Override
          public <T> T around(FakeEcr.Call call, Supplier<T> effect) {
            T done = effect.get();
            if (call.operation().equals("TagResource") && !lost) {
              lost = true;
              throw FakeEcr.exception("ThrottlingException", "slow down", 400);
            }
            return done;
          }
        });
    succeeded(story.delete("New", "team/b", ADOPT_OTHER));
    assertEquals("Old", story.ecr.stored("team/b").tags.get("ecrrepo:logical-id"));
    assertFalse(story.ecr.stored("team/b").tags.containsKey("ecrrepo:previous-owner"));
  }

  @Test
  void settingsAreTakenOverOneByOneAsTheTemplateStatesThem() {
    story.create("Repo", ADOPT);
    String immutable =
        "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', 'ImageTagMutability':"
            + " 'IMMUTABLE'}";
    story.ecr.calls();
    succeeded(story.update("Repo", "team/app", ADOPT, immutable));
    assertEquals(List.of("TagResource", "PutImageTagMutability"), story.ecr.writes());
    succeeded(story.update("Repo", "team/app", immutable, immutable));
    assertEquals(List.of(), story.ecr.writes());
    // No longer stated: it returns to what it was, as a rollback must.
    succeeded(story.update("Repo", "team/app", immutable, ADOPT));
    assertEquals(List.of("TagResource", "PutImageTagMutability"), story.ecr.writes());
    assertEquals("MUTABLE", stored.repository.imageTagMutabilityAsString());
    succeeded(story.update("Repo", "team/app", ADOPT, ADOPT));
    assertEquals(List.of(), story.ecr.writes());
    // A policy that the resource did not write is not replaced; its author has to remove it.
    stored.lifecyclePolicy = null;
    String profile =
        "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', 'Profile': 'Production'}";
    succeeded(story.update("Repo", "team/app", ADOPT, profile));
    assertEquals(
        List.of(
            "PutImageScanningConfiguration",
            "PutImageTagMutability",
            "PutLifecyclePolicy",
            "TagResource"),
        story.ecr.writes().stream().sorted().toList());
  }

  @Test
  void whatSomebodyChangedSinceIsNotReturned() {
    story.create("Repo", ADOPT);
    String stated =
        "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', 'ImageTagMutability':"
            + " 'IMMUTABLE', 'ImageScanningConfiguration': {'ScanOnPush': 'true'}}";
    succeeded(story.update("Repo", "team/app", ADOPT, stated));
    stored.repository =
        stored.repository.toBuilder().imageTagMutability("MUTABLE_WITH_EXCLUSION").build();
    succeeded(story.update("Repo", "team/app", stated, ADOPT));
    assertEquals("MUTABLE_WITH_EXCLUSION", stored.repository.imageTagMutabilityAsString());
    assertFalse(stored.repository.imageScanningConfiguration().scanOnPush());
  }

  @Test
  @DisplayName("A rollback that dies after the record returns to the former setting all the same")
  void aReturnThatDiedIsFinished() {
    story.create("Repo", ADOPT);
    String stated =
        "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', 'ImageTagMutability':"
            + " 'IMMUTABLE'}";
    succeeded(story.update("Repo", "team/app", ADOPT, stated));
    String request = story.nextRequest();
    succeeded(story.update("Repo", request, "team/app", stated, ADOPT));
    // As if the call after the record had not been made.
    stored.repository = stored.repository.toBuilder().imageTagMutability("IMMUTABLE").build();
    succeeded(story.update("Repo", request, "team/app", stated, ADOPT));
    assertEquals("MUTABLE", stored.repository.imageTagMutabilityAsString());
  }

  @Test
  void givingItUpIsRefusedWhereADefaultWouldChangeWhatNobodyStated() {
    story.create("Repo", ADOPT);
    story.ecr.calls();
    String reason = failed(story.update("Repo", "team/app", ADOPT, NAMED));
    for (String open :
        List.of(
            "ImageTagMutability: MUTABLE to keep it, or IMMUTABLE to change it",
            "ImageScanningConfiguration.ScanOnPush: false to keep it",
            "aws ecr get-lifecycle-policy --repository-name team/app")) {
      assertTrue(reason.contains(open), reason);
    }
    succeeded(story.update("Repo", "team/app", NAMED, ADOPT)); // its rollback
    assertEquals(List.of("TagResource"), story.ecr.writes(), "the time in the record alone");
    assertEquals(OLD_POLICY, stored.lifecyclePolicy);
  }

  @Test
  void aGivenUpAdoptionThatRollsBackLosesNoPolicyThatWasThereBefore() {
    Story shop = new Story().guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    FakeEcr.Stored found = released(shop);
    String lifecycle = found.lifecyclePolicy;
    succeeded(shop.create("Repo", ADOPT));
    succeeded(shop.update("Repo", "team/app", ADOPT, NAMED));
    succeeded(shop.update("Repo", "team/app", NAMED, ADOPT)); // a sibling failed
    assertEquals(lifecycle, found.lifecyclePolicy);
  }

  @Test
  void aRepositoryWhoseTagsWereRemovedIsAdoptedByAnUpdateAndItsRollbackChangesNothing() {
    Story shop = new Story().guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    succeeded(shop.create("Repo", ADOPT));
    FakeEcr.Stored found = shop.ecr.stored("team/app");
    String lifecycle = found.lifecyclePolicy;
    found.tags.clear();
    String production = ADOPT.replace("}", ", 'Profile': 'Production'}");
    succeeded(shop.update("Repo", "team/app", ADOPT, production));
    succeeded(shop.update("Repo", "team/app", production, ADOPT)); // a sibling failed
    assertEquals(lifecycle, found.lifecyclePolicy);
  }

  @Test
  void givingItUpReplacesNoPolicyThatIsADefaultByChance() {
    Story shop = new Story().guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    FakeEcr.Stored found = released(shop);
    String lifecycle = found.lifecyclePolicy;
    succeeded(shop.create("Repo", ADOPT));
    String stated = NAMED.replace("}", ", 'MaxImageCount': '50'}");
    String reason = failed(shop.update("Repo", "team/app", ADOPT, stated));
    assertTrue(reason.contains("lifecycle"), reason);
    succeeded(shop.update("Repo", "team/app", stated, ADOPT)); // the rollback
    assertEquals(lifecycle, found.lifecyclePolicy);
  }

  @Test
  void aRenameThatAStackOfThisNameDidNotEndMeansNothingToTheNextOne() {
    Story shop = new Story().guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    succeeded(shop.create("Old", NAMED));
    succeeded(shop.create("New", ADOPT));
    FakeEcr.Stored found = shop.ecr.stored("team/app");
    assertEquals("Old", found.tags.get("ecrrepo:previous-owner"));
    shop.stack(Story.SAME_NAME); // the first one was deleted and retained it
    succeeded(shop.create("Repo", ADOPT));
    succeeded(shop.delete("Repo", "team/app", ADOPT));
    assertEquals(Map.of(), found.tags);
  }

  @Test
  void givenUpItIsLikeOneThatTheProviderMade() {
    story.create("Repo", ADOPT);
    String stated =
        "{'RepositoryName': 'team/app', 'ImageTagMutability': 'MUTABLE',"
            + " 'ImageScanningConfiguration': {'ScanOnPush': 'false'}, 'LifecyclePolicy':"
            + " {'LifecyclePolicyText': "
            + OLD_POLICY.replace('"', '\'')
            + "}}";
    succeeded(story.update("Repo", "team/app", ADOPT, stated));
    assertEquals("MUTABLE", stored.repository.imageTagMutabilityAsString());
    // Then every default counts, as for any repository.
    succeeded(story.update("Repo", "team/app", stated, NAMED));
    assertEquals("IMMUTABLE", stored.repository.imageTagMutabilityAsString());
    assertTrue(stored.lifecyclePolicy.contains("sinceImagePushed"), stored.lifecyclePolicy);
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
  void aTemplateThatStatesSomethingElseIsRefusedBeforeAnyChange() {
    story.ecr.calls();
    stored.repositoryPolicy = policy("111111111111").replace('\'', '"');
    Map<String, String> before = new TreeMap<>(stored.tags);
    Repository repository = stored.repository;
    String other =
        "{'RepositoryName': 'team/app', 'AdoptExisting': 'true', 'Profile': 'Production', 'Tags':"
            + " [{'Key': 'team', 'Value': 's3cret'}], 'RepositoryPolicyText': "
            + policy("222222222222")
            + "}";
    String reason = failed(story.create("Repo", "r-1", other));
    assertTrue(
        reason.contains(
            "ImageTagMutability, ImageScanningConfiguration.ScanOnPush, the lifecycle policy, the"
                + " repository policy, the tag team"),
        reason);
    assertFalse(reason.contains("s3cret"), reason);
    assertEquals(List.of("CreateRepository"), story.ecr.writes(), "which ECR refused");
    succeeded(story.delete("Repo", new FailedCreate("r-1").text(), other));
    assertEquals(before, stored.tags);
    assertEquals(repository, stored.repository);
    assertEquals(OLD_POLICY, stored.lifecyclePolicy);
    assertTrue(stored.repositoryPolicy.contains("111111111111"));
  }

  @Test
  void adoptedAsItIsAndChangedInTheNextDeploymentAndRolledBack() {
    stored.repositoryPolicy = policy("111111111111").replace('\'', '"');
    String asItIs = ADOPT.replace("}", ", 'RepositoryPolicyText': " + policy("111111111111") + "}");
    String changed = asItIs.replace("111111111111", "222222222222");
    succeeded(story.create("Repo", asItIs));
    succeeded(story.update("Repo", "team/app", asItIs, changed));
    assertTrue(stored.repositoryPolicy.contains("222222222222"));
    succeeded(story.update("Repo", "team/app", changed, asItIs)); // a sibling failed
    assertTrue(stored.repositoryPolicy.contains("111111111111"));
  }

  private static String policy(String account) {
    return "{'Version': '2012-10-17', 'Statement': [{'Sid': 'S', 'Effect': 'Allow', 'Principal':"
        + " {'AWS': '"
        + account
        + "'}, 'Action': 'ecr:BatchGetImage'}]}";
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
    repository.images = 3;
    // CloudFormation's clean-up ends the rename, whatever its properties say.
    succeeded(shop.delete("Old", "team/app", NAMED.replace("}", ", 'EmptyOnDelete': 'true'}")));
    assertEquals(List.of("UntagResource"), shop.ecr.writes());
    assertNull(repository.tags.get("ecrrepo:previous-owner"));
    repository.images = 0;
    succeeded(shop.delete("New", "team/app", ADOPT)); // years later, with the stack
    assertEquals(List.of(), shop.ecr.names());
  }

  @Test
  void renamingTheLogicalIdNeedsNoLeaveAndTheFirstUpdateEndsIt() {
    Story shop = new Story();
    shop.create("Old", NAMED);
    succeeded(shop.create("New", ADOPT));
    succeeded(shop.update("New", "team/app", ADOPT, ADOPT));
    FakeEcr.Stored repository = shop.ecr.stored("team/app");
    assertNull(repository.tags.get("ecrrepo:previous-owner"));
    assertNull(repository.tags.get("ecrrepo:adopted"));
  }

  @Test
  void aTakeOverByAnUpdateThatIsDeliveredTwiceCanStillBeUndone() {
    Story shop = new Story();
    succeeded(shop.create("Old", NAMED));
    String generated = succeeded(shop.create("New", "{}")).physicalId();
    String update = shop.nextRequest();
    succeeded(shop.update("New", update, generated, "{}", ADOPT));
    succeeded(shop.update("New", update, generated, "{}", ADOPT));
    succeededAs(generated, shop.update("New", "team/app", ADOPT, "{}")); // a sibling failed
    succeeded(shop.delete("New", "team/app", ADOPT));
    assertEquals("Old", shop.ecr.stored("team/app").tags.get("ecrrepo:logical-id"));
  }

  @Test
  void aResourceThatComesBackDuringARenameIsStillOneOfTheStacks() {
    Story shop = new Story();
    succeeded(shop.create("Old", NAMED));
    succeeded(shop.create("New", ADOPT)); // retained by a rollback
    succeeded(shop.create("New", ADOPT));
    FakeEcr.Stored repository = shop.ecr.stored("team/app");
    assertNull(repository.tags.get("ecrrepo:adopted"));
    assertEquals("Old", repository.tags.get("ecrrepo:previous-owner"));
  }

  @Test
  void aRenameWithOtherPropertiesIsRefused() {
    Story shop = new Story();
    shop.create(
        "Old", NAMED.replace("}", ", 'RepositoryPolicyText': " + policy("111111111111") + "}"));
    Map<String, String> tags = new TreeMap<>(shop.ecr.stored("team/app").tags);
    String reason = failed(shop.create("New", ADOPT));
    assertTrue(reason.contains("the repository policy"), reason);
    assertTrue(reason.contains("under the old logical ID"), reason);
    assertEquals(tags, shop.ecr.stored("team/app").tags);
  }

  @Test
  void aGiveBackThatDiedHalfwayMeansNothingMore() {
    Story shop = new Story();
    shop.create("Old", NAMED);
    shop.create("New", ADOPT);
    shop.ecr.fail("UntagResource", 1, "ServerException", "down", 500);
    failed(shop.delete("New", "team/app", ADOPT));
    succeeded(shop.delete("New", "team/app", ADOPT));
    FakeEcr.Stored repository = shop.ecr.stored("team/app");
    assertEquals("Old", repository.tags.get("ecrrepo:logical-id"));
    succeeded(shop.update("Old", "team/app", NAMED, NAMED));
    assertNull(repository.tags.get("ecrrepo:previous-owner"));
    succeeded(shop.delete("Old", "team/app", NAMED));
    assertEquals(List.of(), shop.ecr.names());
  }

  @Test
  void twoResourcesOfOneNameLeaveNothingBehind() {
    Story shop = new Story();
    succeeded(shop.create("One", ADOPT));
    succeeded(shop.create("Two", ADOPT));
    String mended = "{'RepositoryName': 'team/two', 'AdoptExisting': 'true'}";
    succeeded(shop.update("Two", "team/app", ADOPT, mended));
    succeeded(shop.delete("Two", "team/app", ADOPT)); // the clean-up
    assertTrue(shop.ecr.stored("team/app").lifecyclePolicy != null);
    succeeded(shop.update("One", "team/app", ADOPT, ADOPT));
    succeeded(shop.delete("Two", "team/two", mended));
    succeeded(shop.delete("One", "team/app", ADOPT));
    assertEquals(List.of(), shop.ecr.names());
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
    assertEquals("Second/First", shop.ecr.stored("team/app").tags.get("ecrrepo:previous-owner"));
    succeeded(shop.delete("Third", "team/app", ADOPT));
    assertEquals("Second", shop.ecr.stored("team/app").tags.get("ecrrepo:logical-id"));
    assertEquals("First", shop.ecr.stored("team/app").tags.get("ecrrepo:previous-owner"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Second Third", "Third Second"})
  void theRollbackOfTwoNewResourcesOfOneNameLosesNoImages(String order) {
    String forced = ADOPT.replace("}", ", 'EmptyOnDelete': 'true'}");
    Story shop = new Story();
    succeeded(shop.create("First", NAMED));
    FakeEcr.Stored repository = shop.ecr.stored("team/app");
    repository.images = 3;
    succeeded(shop.create("Second", forced));
    succeeded(shop.create("Third", forced));
    for (String logicalId : order.split(" ")) {
      succeeded(shop.delete(logicalId, "team/app", forced));
    }
    assertEquals(3, repository.images);
    assertEquals("First", repository.tags.get("ecrrepo:logical-id"));
    assertNull(repository.tags.get("ecrrepo:previous-owner"));
  }

  @Test
  void theCleanUpOfTheFirstOwnerLeavesTheOtherOnesInOrder() {
    Story shop = new Story();
    succeeded(shop.create("First", NAMED));
    succeeded(shop.create("Second", ADOPT));
    succeeded(shop.create("Third", ADOPT));
    succeeded(shop.delete("First", "team/app", NAMED));
    assertEquals("Second", shop.ecr.stored("team/app").tags.get("ecrrepo:previous-owner"));
    succeeded(shop.update("Third", "team/app", ADOPT, ADOPT));
    assertNull(shop.ecr.stored("team/app").tags.get("ecrrepo:previous-owner"));
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
        .guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"))
        .alias("999999999999")
        .stack(Story.OTHER_ACCOUNT);
    String reason = failed(story.create("Repo", ADOPT));
    assertTrue(reason.contains("a stack of another account"), reason);
    assertFalse(stored.tags.containsKey("ecrrepo:managed-by"));
  }

  @Test
  void theOperatorMustAllowIt() {
    story.guardrails(Map.of());
    try (Printed printed = new Printed()) {
      String reason = failed(story.create("Repo", ADOPT));
      assertTrue(reason.contains("AllowAdoption"), reason);
      assertTrue(
          printed.text().contains("\"Guardrail\":\"AllowAdoption\",\"GuardrailRefusals\":1"));
    }
    assertFalse(stored.tags.containsKey("ecrrepo:managed-by"));
  }

  @Test
  void aTakeOverWhoseCallFailedIsUndoneByTheDeleteThatFollows() {
    Map<String, String> tags = new TreeMap<>(stored.tags);
    breaksAt("TagResource", true);
    failed(story.create("Repo", "r-1", ADOPT));
    story.ecr.surroundedBy(
        new FakeEcr.Surroundings() {
          @Override
          public <T> T around(FakeEcr.Call call, Supplier<T> effect) {
            return effect.get();
          }
        });
    succeeded(story.delete("Repo", new FailedCreate("r-1").text(), ADOPT));
    assertEquals(tags, stored.tags);
  }

  @Test
  void aTakeOverWhoseAnswerWasLostIsFinished() {
    breaksAt("TagResource", false);
    succeededAs("team/app", story.create("Repo", ADOPT));
    assertEquals("true", stored.tags.get("ecrrepo:adopted"));
  }

  @Test
  void aRenameThatTakesOverAndWhoseAnswerWasLostIsFinished() {
    String other = "{'RepositoryName': 'team/other'}";
    succeeded(story.create("Repo", other));
    breaksAt("TagResource", false);
    succeededAs("team/app", story.update("Repo", "team/other", other, ADOPT));
    assertEquals("true", stored.tags.get("ecrrepo:adopted"));
  }

  /// The connection breaks when this call has taken effect, and at each later call, if that is so.
  private void breaksAt(String operation, boolean andLater) {
    boolean[] broken = new boolean[1];
    story.ecr.surroundedBy(
        new FakeEcr.Surroundings() {
          @Override
          public <T> T around(FakeEcr.Call call, Supplier<T> effect) {
            T answer = effect.get();
            broken[0] |= call.operation().equals(operation);
            if (broken[0] && (andLater || call.operation().equals(operation))) {
              throw FakeEcr.exception("ServerException", "the connection broke", 500);
            }
            return answer;
          }
        });
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

  @Test
  @DisplayName(
      "A take-over that states Never does not keep the lifecycle policy of the stack's own")
  void neverIsNoStatementToKeepTheDefault() {
    String plain = "{'RepositoryName': 'team/own'}";
    String adopting = "{'RepositoryName': 'team/own', 'AdoptExisting': 'true'}";
    String rules = "{'RepositoryName': 'team/own', 'ProtectedTags': ['v*']}";
    String never =
        "{'RepositoryName': 'team/own', 'AdoptExisting': 'true', 'ExpireUntaggedAfterDays':"
            + " 'Never'}";
    succeeded(story.create("Old", plain));
    story.ecr.stored("team/own").tags.keySet().removeIf(key -> key.startsWith("ecrrepo:"));
    succeeded(story.update("Old", "team/own", plain, adopting));
    succeeded(story.update("Old", "team/own", adopting, plain));
    succeeded(story.update("Old", "team/own", plain, rules));
    succeeded(story.update("Old", "team/own", rules, plain));
    String reason = failed(story.create("New", never));
    assertTrue(reason.contains("the lifecycle policy"), reason);
    succeeded(story.create("New", adopting));
  }
}
