package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;
import static dev.ecrrepo.Story.succeededAs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.cloudformation.Response;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What an Update changes, and how a rollback finds its way back.
class UpdateStoryTest {

  private static final String NAMED = "{'RepositoryName': 'team/app'}";
  private static final String NEXT = "{'RepositoryName': 'team/next'}";
  private static final String POLICY =
      "'RepositoryPolicyText': {'Version': '2012-10-17', 'Statement': [{'Sid': 'Pull', 'Effect':"
          + " 'Allow', 'Principal': {'AWS': '111111111111'}, 'Action': ['ecr:BatchGetImage']}]}";

  private final Story story = new Story();

  @Test
  void anUpdateThatChangesNothingReadsFourThingsAndWritesNone() {
    story.create("Repo", NAMED);
    story.ecr.calls();
    succeededAs("team/app", story.update("Repo", "team/app", NAMED, NAMED));
    assertEquals(
        Set.of(
            "DescribeRepositories",
            "ListTagsForResource",
            "GetLifecyclePolicy",
            "GetRepositoryPolicy"),
        Set.copyOf(story.ecr.calls()));
  }

  @Test
  @DisplayName("M63: policies as object and as text, booleans as text, are one state")
  void aPolicyAsTextEqualsTheSamePolicyAsObject() {
    String object =
        "{'RepositoryName': 'team/app', 'ImageScanningConfiguration': {'ScanOnPush': 'false'}, "
            + POLICY
            + "}";
    String policy = POLICY.substring(POLICY.indexOf('{')).replace("'", "\\'");
    String text =
        "{'RepositoryName': 'team/app', 'ImageScanningConfiguration': {'ScanOnPush': false},"
            + " 'RepositoryPolicyText': '"
            + policy.replace("\\'", "\\\\'")
            + "'}";
    succeeded(story.create("Repo", object));
    story.ecr.calls();
    succeeded(story.update("Repo", "team/app", object, text.replace("\\\\'", "\\'")));
    assertEquals(List.of("TagResource"), story.ecr.writes(), "the time in the record alone");
  }

  @Test
  void eachPropertyThatIsRemovedGoesBackToItsDefault() {
    String weak =
        "{'RepositoryName': 'team/app', 'ImageTagMutability': 'MUTABLE',"
            + " 'ImageScanningConfiguration': {'ScanOnPush': 'false'}}";
    succeeded(story.create("Repo", weak));
    story.ecr.calls();
    succeeded(story.update("Repo", "team/app", weak, NAMED));
    assertEquals(
        List.of("TagResource", "PutImageTagMutability", "PutImageScanningConfiguration"),
        story.ecr.writes());
    assertEquals("IMMUTABLE", story.ecr.stored("team/app").repository.imageTagMutabilityAsString());
  }

  @Test
  void aPolicyIsRemovedOnlyIfItStillIsWhatWasStated() {
    String stated = "{'RepositoryName': 'team/app', " + POLICY + "}";
    story.create("Repo", stated);
    story.ecr.calls();
    succeeded(story.update("Repo", "team/app", stated, NAMED));
    assertEquals(List.of("TagResource", "DeleteRepositoryPolicy"), story.ecr.writes());
    // Stated again, changed by somebody's hand, then no longer stated: it stays.
    succeeded(story.update("Repo", "team/app", NAMED, stated));
    String byHand = story.ecr.stored("team/app").repositoryPolicy.replace("Pull", "ByHand");
    story.ecr.stored("team/app").repositoryPolicy = byHand;
    story.ecr.calls();
    succeeded(story.update("Repo", "team/app", stated, NAMED));
    assertEquals(List.of("TagResource"), story.ecr.writes(), "the record that none is stated");
    assertEquals(byHand, story.ecr.stored("team/app").repositoryPolicy);
  }

  @Test
  void aPolicyThatWasNeverStatedIsNotTouched() {
    story.create("Repo", NAMED);
    story.ecr.stored("team/app").repositoryPolicy = "{\"Statement\":[]}";
    story.ecr.calls();
    succeeded(story.update("Repo", "team/app", NAMED, NAMED));
    assertEquals(List.of(), story.ecr.writes());
  }

  @Test
  void theStatementThatLambdaWroteSurvives() {
    String stated = "{'RepositoryName': 'team/app', " + POLICY + "}";
    story.create("Repo", stated);
    String lambda =
        "{\"Sid\":\"LambdaECRImageRetrievalPolicy\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
            + "\"lambda.amazonaws.com\"},\"Action\":[\"ecr:BatchGetImage\",\"ecr:GetDownloadUrlForLayer\"],"
            + "\"Condition\":{\"StringLike\":{\"aws:sourceArn\":\"arn:aws:lambda:eu-west-1:123456789012:function:*\"}}}";
    var stored = story.ecr.stored("team/app");
    stored.repositoryPolicy =
        stored.repositoryPolicy.replace("\"Statement\":[", "\"Statement\":[" + lambda + ",");
    story.ecr.calls();
    succeeded(story.update("Repo", "team/app", stated, stated));
    assertEquals(List.of(), story.ecr.writes());
    succeeded(story.update("Repo", "team/app", stated, NAMED));
    assertTrue(stored.repositoryPolicy.contains("LambdaECRImageRetrievalPolicy"));
    assertTrue(!stored.repositoryPolicy.contains("111111111111"), stored.repositoryPolicy);
  }

  @Test
  @DisplayName("M47: another name means another repository, and the old one stays for the clean-up")
  void aNewNameIsAReplacement() {
    story.create("Repo", NAMED);
    succeededAs("team/next", story.update("Repo", "team/app", NAMED, NEXT));
    assertEquals(List.of("team/app", "team/next"), story.ecr.names());
  }

  @Test
  @DisplayName(
      "M51: a rename that rolls back returns to the old repository, and only the new one goes")
  void aRenameRollsBack() {
    story.create("Repo", NAMED);
    story.update("Repo", "team/app", NAMED, NEXT);
    succeededAs("team/app", story.update("Repo", "team/next", NEXT, NAMED));
    succeeded(story.delete("Repo", "team/next", NEXT));
    assertEquals(List.of("team/app"), story.ecr.names());
  }

  @Test
  void aNameThatIsNoLongerGivenIsARenameToTheGeneratedOneAndBack() {
    story.create("Repo", NAMED);
    Response renamed = story.update("Repo", "team/app", NAMED, "{}");
    String generated = succeeded(renamed).physicalId();
    assertTrue(generated.startsWith("shop-repo-"), generated);
    succeededAs("team/app", story.update("Repo", generated, "{}", NAMED));
    succeeded(story.delete("Repo", generated, "{}"));
    assertEquals(List.of("team/app"), story.ecr.names());
    // Without a name before and now, it stays what it is.
    succeededAs("team/app", story.update("Repo", "team/app", "{}", "{}"));
  }

  @Test
  @DisplayName("M49, M50: encryption cannot be changed; nothing is, and the way out is said")
  void anotherEncryptionIsRefusedBeforeAnyChange() {
    String kms =
        ", 'EncryptionConfiguration': {'EncryptionType': 'KMS'}, 'ImageTagMutability': 'MUTABLE'}";
    story.create("Repo", NAMED);
    Response generated = story.create("Auto", "{}");
    story.ecr.calls();
    Response response = story.update("Repo", "team/app", NAMED, NAMED.replace("}", kms));
    String reason = failed(response);
    assertTrue(reason.contains("AES256") && reason.contains("RepositoryName"), reason);
    assertTrue(
        failed(story.update("Auto", generated.physicalId(), "{}", "{" + kms.substring(2)))
            .contains("cannot change the encryption"));
    assertEquals(List.of(), story.ecr.writes());
  }

  @Test
  void statingTheEncryptionThatItHasIsNoChange() {
    story.create("Repo", NAMED);
    story.ecr.calls();
    String stated =
        "{'RepositoryName': 'team/app', 'EncryptionConfiguration': {'EncryptionType': 'AES256'}}";
    succeeded(story.update("Repo", "team/app", NAMED, stated));
    assertEquals(List.of("TagResource"), story.ecr.writes(), "the time in the record alone");
  }

  @Test
  void aProfilesEncryptionCountsOnlyAtCreation() {
    story.create("Repo", NAMED);
    succeeded(
        story.update(
            "Repo",
            "team/app",
            NAMED,
            "{'RepositoryName': 'team/app', 'Profile': 'SharedRegistry'}"));
    assertEquals(
        "AES256",
        story.ecr.stored("team/app").repository.encryptionConfiguration().encryptionTypeAsString());
  }

  @Test
  @DisplayName("M53: an Update that fails halfway is repaired by its rollback")
  void aHalfMadeUpdateIsRepairedByItsRollback() {
    String weak = "{'RepositoryName': 'team/app', 'ImageTagMutability': 'MUTABLE', " + POLICY + "}";
    story.create("Repo", NAMED);
    story.ecr.fail("SetRepositoryPolicy", 1, "ValidationException", "not today", 400);
    String reason = failed(story.update("Repo", "team/app", NAMED, weak));
    assertTrue(reason.contains("set the repository policy of team/app"), reason);
    succeededAs("team/app", story.update("Repo", "team/app", weak, NAMED));
    assertEquals("IMMUTABLE", story.ecr.stored("team/app").repository.imageTagMutabilityAsString());
    assertNull(story.ecr.stored("team/app").repositoryPolicy);
  }

  @Test
  void oldPropertiesThatAreFaultyDoNotKeepARollbackFromItsWork() {
    story.create("Repo", NAMED);
    String faulty =
        "{'RepositoryName': 'UPPER', 'ImageTagMutability': 'maybe', 'Tags': 'none',"
            + " 'LifecyclePolicy': {'LifecyclePolicyText': '{'}, 'Unknown': null}";
    failed(story.update("Repo", "team/app", NAMED, faulty));
    story.ecr.calls();
    succeededAs("team/app", story.update("Repo", "team/app", faulty, NAMED));
    assertEquals(List.of("TagResource"), story.ecr.writes(), "the time in the record alone");
  }

  @Test
  @DisplayName("M54: a repository that was deleted by hand is made again")
  void aRepositoryDeletedByHandIsMadeAgain() {
    story.create("Repo", NAMED);
    story.ecr.deleteRepository(r -> r.repositoryName("team/app"));
    succeededAs("team/app", story.update("Repo", "team/app", NAMED, NAMED));
    assertNotNull(story.ecr.stored("team/app").lifecyclePolicy);
  }

  @Test
  void aRenameThatFailsKeepsTheOldIdAndRemovesWhatItMade() {
    story.create("Repo", NAMED);
    story.ecr.fail("PutLifecyclePolicy", 1, "ValidationException", "not today", 400);
    Response response = story.update("Repo", "team/app", NAMED, NEXT);
    failed(response);
    assertTrue(Set.of("", "team/app").contains(response.physicalId()), response.physicalId());
    assertEquals(List.of("team/app"), story.ecr.names());
  }

  @Test
  void aRenameOntoSomebodyElsesRepositoryIsRefused() {
    story.stack(Story.OTHER_STACK).create("Theirs", NEXT);
    story.stack(Story.STACK).create("Repo", NAMED);
    story.ecr.calls();
    assertTrue(failed(story.update("Repo", "team/app", NAMED, NEXT)).contains("Theirs"));
    assertEquals(List.of("CreateRepository"), story.ecr.writes(), "which ECR refused");
  }

  @Test
  void attributesAreTheSameSetOnEveryAnswer() {
    Set<String> keys = succeeded(story.create("Repo", NAMED)).data().keySet();
    assertEquals(11, keys.size(), keys.toString());
    assertEquals(keys, succeeded(story.update("Repo", "team/app", NAMED, NAMED)).data().keySet());
    assertEquals(keys, succeeded(story.update("Repo", "team/app", NAMED, NEXT)).data().keySet());
    assertEquals(keys, succeeded(story.update("Repo", "team/next", NEXT, NAMED)).data().keySet());
  }
}
