package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;
import static dev.ecrrepo.Story.succeededAs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.cloudformation.PhysicalId.FailedCreate;
import dev.ecrrepo.logging.Printed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a Delete deletes, and all that it leaves alone.
class DeletionStoryTest {

  private static final String NAMED = "{'RepositoryName': 'team/app'}";
  private static final String FORCED = "{'RepositoryName': 'team/app', 'EmptyOnDelete': 'true'}";

  private final Story story = new Story();

  private void createdWithImages(String properties) {
    succeeded(story.create("Repo", properties));
    story.ecr.stored("team/app").images = 3;
    story.ecr.calls();
  }

  @Test
  void anEmptyRepositoryIsDeletedAndAwaited() {
    story.create("Repo", NAMED);
    story.ecr.calls();
    succeededAs("team/app", story.delete("Repo", "team/app", NAMED));
    assertEquals(
        List.of("ListTagsForResource", "DeleteRepository", "DescribeRepositories"),
        story.ecr.calls());
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  @DisplayName("M38: a repository that is gone already is a success")
  void deletingWhatIsGoneSucceeds() {
    succeededAs("team/app", story.delete("Repo", "team/app", NAMED));
    assertEquals(List.of("ListTagsForResource"), story.ecr.calls());
  }

  @ParameterizedTest
  @DisplayName("M43, M44: images are kept unless EmptyOnDelete is literally true")
  @ValueSource(
      strings = {
        "{}",
        "{'EmptyOnDelete': 'false'}",
        "{'EmptyOnDelete': 'TRUE '}",
        "{'EmptyOnDelete': 'yes'}",
        "{'EmptyOnDelete': '1'}",
        "{'EmptyOnDelete': null}"
      })
  void imagesAreKeptUnlessDeletionIsForcedLiterally(String properties) {
    createdWithImages(NAMED);
    String reason = failed(story.delete("Repo", "team/app", properties));
    assertTrue(reason.contains("still contains images"), reason);
    assertTrue(reason.contains("EmptyOnDelete"), reason);
    assertEquals(List.of("DeleteRepository"), story.ecr.writes());
    assertEquals(3, story.ecr.stored("team/app").images);
  }

  @Test
  void emptyOnDeleteDeletesTheImagesToo() {
    createdWithImages(FORCED);
    succeeded(story.delete("Repo", "team/app", FORCED));
    assertEquals(List.of("DeleteRepository(force)"), story.ecr.writes());
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  void theGuardrailAgainstForcingIsNamed() {
    createdWithImages(FORCED);
    story.guardrails(Map.of("ECRREPO_ALLOW_EMPTY_ON_DELETE", "false"));
    try (Printed printed = new Printed()) {
      assertTrue(failed(story.delete("Repo", "team/app", FORCED)).contains("AllowEmptyOnDelete"));
      assertTrue(
          printed.text().contains("\"Guardrail\":\"AllowEmptyOnDelete\",\"GuardrailRefusals\":1"));
    }
    assertEquals(3, story.ecr.stored("team/app").images);
  }

  @ParameterizedTest
  @DisplayName("M64: properties of any age or kind do not keep a repository from being deleted")
  @ValueSource(
      strings = {
        "{'Unknown': {'a': ['b']}, 'Tags': 'none', 'RepositoryName': ['x']}",
        "{'RepositoryName': null, 'LifecyclePolicy': null, 'AdoptExisting': null}",
        "{'EmptyOnDelete': {'a': 'b'}, 'LifecyclePolicy': {'LifecyclePolicyText': '{'}}"
      })
  void anyPropertiesAllowDeletion(String properties) {
    story.create("Repo", NAMED);
    succeeded(story.delete("Repo", "team/app", properties));
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  @DisplayName("M45: after a replacement the old repository goes, and only that")
  void deletionGoesByThePhysicalIdNotByTheProperties() {
    story.create("Repo", NAMED);
    story.update("Repo", "team/app", NAMED, "{'RepositoryName': 'team/next'}");
    succeededAs("team/app", story.delete("Repo", "team/app", "{'RepositoryName': 'team/next'}"));
    assertEquals(List.of("team/next"), story.ecr.names());
  }

  @Test
  @DisplayName("M41: a Delete with an invented ID finds what the cancelled Create made")
  void aCancelledCreateIsFoundByItsProperties() {
    story.create("Repo", NAMED);
    succeededAs("shop-Repo-1ABCDEFGH2IJK", story.delete("Repo", "shop-Repo-1ABCDEFGH2IJK", NAMED));
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  void aCancelledCreateWithAGeneratedNameIsFoundToo() {
    story.create("Repo", "{}");
    assertEquals(1, story.ecr.names().size());
    succeeded(story.delete("Repo", "shop-Repo-1ABCDEFGH2IJK", "{}"));
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  @DisplayName("M42: a Delete that overtakes its Create waits for it")
  void aDeleteWaitsForTheCreateThatItOvertook() {
    String sentBefore = story.nextRequest();
    // The Create finishes between the Delete's second and third look.
    story.ecr.before("ListTagsForResource", () -> {});
    story.ecr.before("ListTagsForResource", () -> {});
    story.ecr.before("ListTagsForResource", () -> story.create("Repo", sentBefore, NAMED));
    succeeded(story.delete("Repo", "shop-Repo-1ABCDEFGH2IJK", NAMED));
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  void aCancelledCreateThatNeverArrivesIsAwaitedForABoundedTime() {
    var start = story.time.instant();
    succeeded(story.delete("Repo", "shop-Repo-1ABCDEFGH2IJK", NAMED));
    Duration waited = Duration.between(start, story.time.instant());
    assertTrue(waited.compareTo(Duration.ofSeconds(20)) > 0, waited.toString());
    assertTrue(waited.compareTo(Duration.ofSeconds(30)) <= 0, waited.toString());
  }

  @Test
  @DisplayName("M46: with an ID that we never gave, nothing is forced and no image is lost")
  void anInventedIdNeverForces() {
    createdWithImages(FORCED);
    succeeded(story.delete("Repo", "2026/11/20/[$LATEST]0123456789abcdef", FORCED));
    assertEquals(List.of("DeleteRepository"), story.ecr.writes(), "which ECR refused");
    assertEquals(3, story.ecr.stored("team/app").images);
  }

  @Test
  void aRepositoryRetainedLongAgoIsNoneOfACancelledCreates() {
    story.create("Repo", FORCED);
    story.time.pass(Duration.ofDays(30));
    story.ecr.calls();
    succeeded(story.delete("Repo", "shop-Repo-1ABCDEFGH2IJK", FORCED));
    assertEquals(List.of(), story.ecr.writes());
    assertEquals(List.of("team/app"), story.ecr.names());
  }

  @Test
  @DisplayName("M48: nothing is deleted or emptied in an Update, whatever it changes")
  void updatesDeleteNothing() {
    createdWithImages(FORCED);
    succeededAs(
        "team/next",
        story.update(
            "Repo",
            "team/app",
            FORCED,
            "{'RepositoryName': 'team/next', 'EmptyOnDelete': 'true'}"));
    assertTrue(story.ecr.writes().stream().noneMatch(op -> op.startsWith("DeleteRepository")));
    assertEquals(3, story.ecr.stored("team/app").images);
  }

  @Test
  void theMarkerOfAFailedCreateRemovesOnlyWhatThatRequestMade() {
    story.create("Repo", "r-7", NAMED);
    story.ecr.calls();
    succeeded(story.delete("Repo", new FailedCreate("r-8").text(), FORCED));
    assertEquals(List.of("team/app"), story.ecr.names());
    succeeded(story.delete("Repo", new FailedCreate("r-7").text(), FORCED));
    assertEquals(List.of("DeleteRepository"), story.ecr.writes(), "without force");
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  void theMarkerOfAFailedCreateReleasesWhatItTookOver() {
    story.guardrails(Map.of("ECRREPO_ALLOW_ADOPTION", "true"));
    story.ecr.foreign("team/app", Map.of("team", "blue"));
    String adopt = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}";
    succeeded(story.create("Repo", "r-7", adopt));
    succeeded(story.delete("Repo", new FailedCreate("r-7").text(), adopt));
    assertEquals(Map.of("team", "blue"), story.ecr.stored("team/app").tags);
  }

  @Test
  void theMarkerSaysSoWhenImagesKeepTheRepository() {
    story.create("Repo", "r-7", FORCED);
    story.ecr.stored("team/app").images = 1;
    String reason = failed(story.delete("Repo", new FailedCreate("r-7").text(), FORCED));
    assertTrue(reason.contains("still contains images"), reason);
  }

  @Test
  void aMarkerWithAnImpossibleNameIsASuccess() {
    succeeded(story.delete("Repo", new FailedCreate("r-7").text(), "{'RepositoryName': 'UPPER'}"));
    assertEquals(List.of(), story.ecr.calls());
  }

  @Test
  void aRepositoryThatDoesNotGoAwayIsSaid() {
    story.create("Repo", NAMED);
    // It is back each time it is looked for.
    for (int i = 0; i < 500; i++) {
      story.ecr.before(
          "DescribeRepositories",
          () -> {
            if (story.ecr.stored("team/app") == null) {
              story.ecr.foreign("team/app", Map.of());
            }
          });
    }
    String reason = failed(story.delete("Repo", "team/app", NAMED));
    assertTrue(reason.contains("still lists it"), reason);
  }

  @Test
  void throttlingToTheEndIsSaidInPlainWords() {
    story.create("Repo", NAMED);
    story.ecr.fail("ListTagsForResource", 999, "ThrottlingException", "Rate exceeded", 400);
    try (Printed printed = new Printed()) {
      String reason = failed(story.delete("Repo", "team/app", NAMED));
      assertTrue(reason.contains("throttled"), reason);
      assertTrue(printed.text().contains("\"ThrottledCalls\":1"), printed.text());
    }
  }
}
