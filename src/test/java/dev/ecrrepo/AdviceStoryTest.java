package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;
import static dev.ecrrepo.Story.succeededAs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.Tag;

/// What a message advises is done here exactly as it says, and helps.
class AdviceStoryTest {

  private static final String NAMED = "{'RepositoryName': 'team/app'}";
  private static final String FORCED = "{'RepositoryName': 'team/app', 'EmptyOnDelete': 'true'}";
  private static final String ADOPT = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}";
  private static final Map<String, String> ADOPTING = Map.of("ECRREPO_ALLOW_ADOPTION", "true");

  private static final Pattern COMMAND = Pattern.compile("`aws ecr ([a-z-]+) ([^`]*)`");

  private final Story story = new Story();

  /// Runs the first command of a message that begins so.
  private void run(String operation, String message) {
    Matcher command = COMMAND.matcher(message);
    while (command.find()) {
      if (command.group(1).equals(operation)) {
        run(operation, command.group(2).split(" "));
        return;
      }
    }
    throw new AssertionError("no command " + operation + " in: " + message);
  }

  private void run(String operation, String[] options) {
    switch (operation) {
      case "delete-repository" ->
          story.ecr.deleteRepository(r ->
              r.repositoryName(after("--repository-name", options))
                  .force(List.of(options).contains("--force")));
      case "delete-lifecycle-policy" ->
          story.ecr.deleteLifecyclePolicy(
              r -> r.repositoryName(after("--repository-name", options)));
      case "delete-repository-policy" ->
          story.ecr.deleteRepositoryPolicy(
              r -> r.repositoryName(after("--repository-name", options)));
      case "untag-resource" ->
          story.ecr.untagResource(r ->
              r.resourceArn(after("--resource-arn", options))
                  .tagKeys(allAfter("--tag-keys", options)));
      case "tag-resource" ->
          story.ecr.tagResource(r ->
              r.resourceArn(after("--resource-arn", options))
                  .tags(allAfter("--tags", options).stream().map(AdviceStoryTest::tag).toList()));
      default -> throw new AssertionError(operation);
    }
  }

  private static Tag tag(String shorthand) {
    Matcher tag = Pattern.compile("Key=([^,]*),Value=(.*)").matcher(shorthand);
    assertTrue(tag.matches(), shorthand);
    return Tag.builder().key(tag.group(1)).value(tag.group(2)).build();
  }

  private static String after(String option, String[] options) {
    return allAfter(option, options).getFirst();
  }

  private static List<String> allAfter(String option, String[] options) {
    List<String> all = List.of(options);
    return all.subList(all.indexOf(option) + 1, all.size());
  }

  private void createdWithImages(String properties) {
    succeeded(story.create("Repo", properties));
    story.ecr.stored("team/app").images = 1_000;
  }

  @Test
  void aStackInDeleteFailedIsDeletedAfterTheCommandForTheImages() {
    createdWithImages(NAMED);
    String reason = failed(story.delete("Repo", "team/app", NAMED));
    assertTrue(reason.contains("retain this resource when you delete the stack again"), reason);
    run("delete-repository", reason);
    succeededAs("team/app", story.delete("Repo", "team/app", NAMED));
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  void theCommandForTheImagesHelpsWhereAGuardrailForbidsEmptyOnDelete() {
    createdWithImages(FORCED);
    story.guardrails(Map.of("ECRREPO_ALLOW_EMPTY_ON_DELETE", "false"));
    run("delete-repository", failed(story.delete("Repo", "team/app", FORCED)));
    succeededAs("team/app", story.delete("Repo", "team/app", FORCED));
  }

  @Test
  void aStackOfAnotherAccountReadsInWhichAccountTheCommandIsRun() {
    story.alias("999999999999").stack(Story.OTHER_ACCOUNT);
    createdWithImages(NAMED);
    String reason = failed(story.delete("Repo", "team/app", NAMED));
    assertTrue(reason.contains("--repository-name team/app` in account 123456789012,"), reason);
    run("delete-repository", reason);
    succeededAs("team/app", story.delete("Repo", "team/app", NAMED));
  }

  @Test
  void afterARenameTheCommandIsAllThereIsToDo() {
    String renamed = "{'RepositoryName': 'team/next'}";
    createdWithImages(NAMED);
    succeededAs("team/next", story.update("Repo", "team/app", NAMED, renamed));
    // The clean-up, after which the old repository is no longer in the stack.
    String reason = failed(story.delete("Repo", "team/app", NAMED));
    assertTrue(reason.contains("run only that command"), reason);
    run("delete-repository", reason);
    assertEquals(List.of("team/next"), story.ecr.names());
    succeededAs("team/next", story.update("Repo", "team/next", renamed, renamed));
    succeededAs("team/next", story.delete("Repo", "team/next", renamed));
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  void afterARemovalTheCommandIsAllThereIsToDoAndTheNameIsFreeAgain() {
    createdWithImages(NAMED);
    run("delete-repository", failed(story.delete("Repo", "team/app", NAMED)));
    assertEquals(List.of(), story.ecr.names());
    succeededAs("team/app", story.create("Another", NAMED));
  }

  @Test
  void nextTimeEmptyOnDeleteDeployedBeforeTheDeletionDeletesTheImages() {
    createdWithImages(NAMED);
    String reason = failed(story.delete("Repo", "team/app", NAMED));
    assertTrue(reason.contains("EmptyOnDelete: true, deployed before a deletion"), reason);
    succeeded(story.update("Repo", "team/app", NAMED, FORCED));
    succeeded(story.delete("Repo", "team/app", FORCED));
    assertEquals(List.of(), story.ecr.names());
  }

  @Test
  void anotherEncryptionComesWithASecondResource() {
    String encrypted =
        "{'RepositoryName': 'team/encrypted', 'EncryptionConfiguration': {'EncryptionType':"
            + " 'KMS'}}";
    succeeded(story.create("Repo", NAMED));
    String reason =
        failed(
            story.update(
                "Repo",
                "team/app",
                NAMED,
                "{'RepositoryName': 'team/app', 'EncryptionConfiguration': {'EncryptionType':"
                    + " 'KMS'}}"));
    assertTrue(reason.contains("add a second resource with another RepositoryName"), reason);
    succeededAs("team/encrypted", story.create("Encrypted", encrypted));
    assertEquals(List.of("team/app", "team/encrypted"), story.ecr.names(), "time to copy");
    succeeded(story.delete("Repo", "team/app", NAMED));
  }

  @Test
  void aRepositoryWhoseTagsWereRemovedIsClaimed() {
    String changed = "{'RepositoryName': 'team/app', 'ImageTagMutability': 'MUTABLE'}";
    succeeded(story.create("Repo", NAMED));
    story.ecr.stored("team/app").tags.clear();
    run("tag-resource", failed(story.update("Repo", "team/app", NAMED, changed)));
    succeeded(story.update("Repo", "team/app", NAMED, changed));
  }

  @Test
  void whatAnotherStackGaveUpIsReleasedAndAdopted() {
    succeeded(story.stack(Story.OTHER_STACK).create("Theirs", "{'RepositoryName': 'team/app'}"));
    story.stack(Story.STACK).guardrails(ADOPTING);
    run("untag-resource", failed(story.create("Repo", ADOPT)));
    succeeded(story.create("Repo", ADOPT));
  }

  @Test
  void aPolicyOfOthersIsRemovedAndTheDeploymentRepeated() {
    String granting =
        "{'RepositoryName': 'team/app', 'Access': {'Pull': {'AccountIds': ['111122223333']}}}";
    succeeded(story.create("Repo", NAMED));
    story.ecr.stored("team/app").repositoryPolicy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"ecr:BatchGetImage\"}]}";
    run("delete-repository-policy", failed(story.update("Repo", "team/app", NAMED, granting)));
    succeeded(story.update("Repo", "team/app", NAMED, granting));
  }

  @Test
  void aGuardrailAgainstAnAdoptionIsMetByChangingTheRepositoryFirst() {
    story.ecr.foreign("team/app", Map.of());
    story.guardrails(
        Map.of("ECRREPO_ALLOW_ADOPTION", "true", "ECRREPO_REQUIRE_SCAN_ON_PUSH", "true"));
    String reason = failed(story.create("Repo", ADOPT));
    assertTrue(reason.contains("Change it first, with the AWS CLI or in the console"), reason);
    story.ecr.putImageScanningConfiguration(
        r -> r.repositoryName("team/app").imageScanningConfiguration(c -> c.scanOnPush(true)));
    succeeded(story.create("Repo", ADOPT));
  }

  private static String open(String condition) {
    return "{'RepositoryPolicyText': {'Statement': {'Effect': 'Allow', 'Principal': '*', 'Action':"
        + " 'ecr:BatchGetImage'"
        + condition
        + "}}}";
  }

  @Test
  void anOpenPolicyIsNarrowedByItsAuthor() {
    String reason = failed(story.create("Repo", open("")));
    assertTrue(reason.contains("Name the accounts in Access.Pull.AccountIds, or add a"), reason);
    succeeded(
        story.create(
            "Repo",
            open(", 'Condition': {'StringEquals': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}")));
    succeeded(story.create("Other", "{'Access': {'Pull': {'AccountIds': ['111122223333']}}}"));
  }

  @Test
  void aServiceIsTiedToAnAccountByTheAuthor() {
    String policy =
        "{'RepositoryPolicyText': {'Statement': {'Effect': 'Allow', 'Principal': {'Service':"
            + " 'codebuild.amazonaws.com'}, 'Action': 'ecr:BatchGetImage'%s}}}";
    String reason = failed(story.create("Repo", policy.formatted("")));
    assertTrue(reason.contains("Add the condition StringEquals aws:SourceAccount"), reason);
    succeeded(
        story.create(
            "Repo",
            policy.formatted(
                ", 'Condition': {'StringEquals': {'aws:SourceAccount': '123456789012'}}")));
  }
}
