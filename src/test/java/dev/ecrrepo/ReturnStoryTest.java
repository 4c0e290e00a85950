package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;
import static dev.ecrrepo.Story.succeededAs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.ecr.FakeEcr;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A resource moves back to a repository that it had before: in the rollback of a rename, or in an
/// update that looks the same, after UpdateReplacePolicy: Retain kept the repository.
class ReturnStoryTest {

  private static final String FORCED = "{'RepositoryName': 'team/app', 'EmptyOnDelete': 'true'}";
  private static final String FORCED_OTHER = "{'EmptyOnDelete': 'true'}";
  private static final String ADOPT = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}";
  private static final String MUTABLE =
      ", 'ImageTagMutability': 'MUTABLE', 'ImageScanningConfiguration': {'ScanOnPush': 'false'}}";

  private final Story shop = new Story().guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
  private FakeEcr.Stored repository;

  @BeforeEach
  void aRepositoryWithImages() {
    succeeded(shop.create("Repo", FORCED));
    repository = shop.ecr.stored("team/app");
    repository.images = 3;
  }

  @Test
  void theRollbackOfAReturnDeletesNoImages() {
    String other = succeeded(shop.update("Repo", "team/app", FORCED, "{}")).physicalId();
    succeededAs("team/app", shop.update("Repo", other, "{}", FORCED));
    succeededAs(other, shop.update("Repo", "team/app", FORCED, "{}")); // a sibling failed

    String reason = failed(shop.delete("Repo", "team/app", FORCED)); // the clean-up
    assertTrue(reason.contains("an update moved the resource back"), reason);
    assertEquals(3, shop.ecr.stored("team/app").images);
  }

  @Test
  void theRollbackOfAReturnFromAnotherResourceDeletesNoImages() {
    succeeded(shop.create("New", ADOPT));
    String other = succeeded(shop.update("Repo", "team/app", FORCED, "{}")).physicalId();
    succeededAs("team/app", shop.update("Repo", other, "{}", FORCED)); // New is removed
    succeededAs(other, shop.update("Repo", "team/app", FORCED, "{}")); // a sibling failed
    failed(shop.delete("Repo", "team/app", FORCED));
    assertEquals(3, shop.ecr.stored("team/app").images);

    succeeded(shop.update("New", "team/app", ADOPT, ADOPT)); // which still has it
    assertEquals("New", repository.tags.get("ecrrepo:logical-id"));
  }

  @Test
  void afterTheRollbackOfARenameTheStackIsDeletedWithItsImages() {
    String other = succeeded(shop.update("Repo", "team/app", FORCED, "{}")).physicalId();
    String rollback = shop.nextRequest(); // a sibling failed
    succeeded(shop.update("Repo", rollback, other, "{}", FORCED));
    succeeded(shop.update("Repo", rollback, other, "{}", FORCED)); // delivered twice
    succeeded(shop.delete("Repo", other, "{}"));
    succeeded(shop.delete("Repo", "team/app", FORCED));
    assertEquals(List.of(), shop.ecr.names());
  }

  @Test
  void aRenameThatFailedAndIsDeployedAgainEndsWithItsCleanUp() {
    String other = succeeded(shop.update("Repo", "team/app", FORCED, "{}")).physicalId();
    succeeded(shop.update("Repo", other, "{}", FORCED)); // a sibling failed
    succeeded(shop.delete("Repo", other, "{}"));
    succeededAs(other, shop.update("Repo", "team/app", FORCED, "{}"));
    succeeded(shop.delete("Repo", "team/app", FORCED));
    assertEquals(List.of(other), shop.ecr.names());
  }

  @Test
  void afterTheRollbackOfAReturnTheStackIsDeletedWithItsImages() {
    String other = succeeded(shop.update("Repo", "team/app", FORCED, FORCED_OTHER)).physicalId();
    shop.ecr.stored(other).images = 1;
    succeeded(shop.update("Repo", other, FORCED_OTHER, FORCED));
    succeeded(shop.update("Repo", "team/app", FORCED, FORCED_OTHER)); // a sibling failed
    failed(shop.delete("Repo", "team/app", FORCED));
    succeeded(shop.delete("Repo", other, FORCED_OTHER));
    assertEquals(List.of("team/app"), shop.ecr.names());
  }

  @Test
  void aLongNameDoesNotStopTheDeletionOfTheStack() {
    String longer = "{'RepositoryName': 'team/" + "a".repeat(240) + "'}";
    String other = succeeded(shop.update("Repo", "team/app", FORCED, longer)).physicalId();
    succeeded(shop.update("Repo", other, longer, FORCED)); // a sibling failed
    succeeded(shop.delete("Repo", other, longer));
    succeeded(shop.delete("Repo", "team/app", FORCED));
    assertEquals(List.of(), shop.ecr.names());
  }

  @Test
  void aRenameThatIsDeliveredTwiceIsNoReturn() {
    String next = "{'RepositoryName': 'team/next', 'EmptyOnDelete': 'true'}";
    String update = shop.nextRequest();
    succeeded(shop.update("Repo", update, "team/app", FORCED, next));
    succeeded(shop.update("Repo", update, "team/app", FORCED, next));
    shop.ecr.stored("team/next").images = 1;
    succeeded(shop.delete("Repo", "team/next", next));
    assertEquals(List.of("team/app"), shop.ecr.names());
  }

  @Test
  void aTakeOverIsNoReturn() {
    String other = succeeded(shop.create("New", "{}")).physicalId();
    String adoptForced = ADOPT.replace("}", ", 'EmptyOnDelete': 'true'}");
    String update = shop.nextRequest();
    succeeded(shop.update("New", update, other, "{}", adoptForced));
    succeeded(shop.update("New", update, other, "{}", adoptForced)); // delivered twice
    succeeded(shop.delete("Repo", "team/app", FORCED)); // the clean-up ends the rename
    succeeded(shop.delete("New", "team/app", adoptForced));
    assertEquals(List.of(other), shop.ecr.names());
  }

  @Test
  void aReturnToAnAdoptedRepositoryWithoutAdoptExistingIsRefusedIfDefaultsWouldChangeIt() {
    FakeEcr.Stored found = adopted();
    String other = succeeded(shop.update("Found", "team/found", adoption(), "{}")).physicalId();
    String reason = failed(shop.update("Found", other, "{}", "{'RepositoryName': 'team/found'}"));
    assertTrue(reason.contains("Without AdoptExisting: true the defaults apply"), reason);
    assertTrue(reason.contains("ImageTagMutability: MUTABLE to keep it"), reason);
    assertEquals("MUTABLE", found.repository.imageTagMutabilityAsString());
  }

  @Test
  void aRollbackReturnsToARepositoryWhoseAdoptionWasGivenUp() {
    FakeEcr.Stored found = adopted();
    String plain = givenUp();
    String other = succeeded(shop.update("Found", "team/found", plain, "{}")).physicalId();
    found.repository =
        found.repository.toBuilder().imageTagMutability("MUTABLE").build(); // by hand
    succeededAs("team/found", shop.update("Found", other, "{}", plain)); // a sibling failed
    assertEquals("IMMUTABLE", found.repository.imageTagMutabilityAsString());
  }

  @Test
  void aRollbackTakesARepositoryBackWhoseAdoptionWasGivenUp() {
    FakeEcr.Stored found = adopted();
    String plain = givenUp();
    found.repository =
        found.repository.toBuilder().imageTagMutability("MUTABLE").build(); // by hand
    String other = succeeded(shop.update("Found", "team/found", plain, "{}")).physicalId();
    succeeded(shop.create("New", adoption()));
    succeededAs("team/found", shop.update("Found", other, "{}", plain)); // a sibling failed
    assertEquals("IMMUTABLE", found.repository.imageTagMutabilityAsString());
  }

  @Test
  void theRollbackToAGivenUpAdoptionNeedsNoRecord() {
    String rules = ", 'LifecycleRules': [{'TagPatternList': ['v*'], 'MaxImageCount': '30'}]";
    FakeEcr.Stored found = adopted();
    String given =
        "{'RepositoryName': 'team/found'"
            + MUTABLE.replace("}}", "}" + rules + ", 'ExpireUntaggedAfterDays': '14'}");
    succeeded(shop.update("Found", "team/found", adoption(), given));
    String plain = given.replace(", 'ExpireUntaggedAfterDays': '14'", "");
    succeeded(shop.update("Found", "team/found", given, plain));
    String policy = found.lifecyclePolicy;
    found.tags.remove("ecrrepo:applied");
    String adopting = plain.replace("}]}", "}], 'AdoptExisting': 'true'}");
    succeeded(shop.update("Found", "team/found", plain, adopting));
    succeeded(shop.update("Found", "team/found", adopting, plain)); // a sibling failed
    assertEquals(policy, found.lifecyclePolicy);
  }

  @Test
  void givingAnAdoptionUpAddsNoDefaultRuleThatNobodyStated() {
    String rules = ", 'LifecycleRules': [{'TagPatternList': ['v*'], 'MaxImageCount': '30'}]}";
    FakeEcr.Stored found = adopted();
    String adopting = adoption().replace("}", rules);
    succeeded(shop.update("Found", "team/found", adoption(), adopting));
    String policy = found.lifecyclePolicy;
    String given = "{'RepositoryName': 'team/found'" + MUTABLE.replace("}}", "}" + rules);
    String reason = failed(shop.update("Found", "team/found", adopting, given));
    assertTrue(reason.contains("ExpireUntaggedAfterDays: Never to keep untagged images"), reason);
    assertEquals(policy, found.lifecyclePolicy);

    String never = given.replace("]}", "], 'ExpireUntaggedAfterDays': 'Never'}");
    succeeded(shop.update("Found", "team/found", adopting, never));
    assertEquals(policy, found.lifecyclePolicy);
  }

  @Test
  void expiryThatIsRemovedTogetherWithAdoptExistingHasItsDefault() {
    String rules = ", 'LifecycleRules': [{'TagPatternList': ['v*'], 'MaxImageCount': '30'}]}";
    FakeEcr.Stored found = adopted();
    String given = "{'RepositoryName': 'team/found'" + MUTABLE.replace("}}", "}" + rules);
    String days =
        given.replace("]}", "], 'ExpireUntaggedAfterDays': '30', 'AdoptExisting': 'true'}");
    succeeded(shop.update("Found", "team/found", adoption(), days));
    succeeded(shop.update("Found", "team/found", days, given));
    assertTrue(found.lifecyclePolicy.contains("14"), found.lifecyclePolicy);
  }

  /// States what the repository has, and then nothing.
  private String givenUp() {
    String plain = "{'RepositoryName': 'team/found'}";
    String stated =
        plain.replace("}", MUTABLE.replace("}}", "}, 'ExpireUntaggedAfterDays': 'Never'}"));
    succeeded(shop.update("Found", "team/found", adoption(), stated));
    succeeded(shop.update("Found", "team/found", stated, plain));
    return plain;
  }

  private static String adoption() {
    return ADOPT.replace("team/app", "team/found");
  }

  /// Mutable, without scanning and policies, and made by others.
  private FakeEcr.Stored adopted() {
    shop.ecr.foreign("team/found", Map.of());
    succeeded(shop.create("Found", adoption()));
    return shop.ecr.stored("team/found");
  }
}
