package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.logging.Printed;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The operator's limits: each holds against every way round that we know, and tightening one
/// breaks no stack that lives.
class GuardrailStoryTest {

  private static final String NAMED = "{'RepositoryName': 'team/app'}";

  private final Story story = new Story();

  /// Guardrail, its setting, properties that it must refuse.
  static Stream<Arguments> waysRound() {
    return Stream.of(
        row("NamePrefix", "NAME_PREFIX=shop/", NAMED),
        row("NamePrefix", "NAME_PREFIX=shop/", "{'RepositoryName': 'shop'}"),
        row(
            "RequireImmutableTags",
            "REQUIRE_IMMUTABLE_TAGS=true",
            "{'ImageTagMutability': 'MUTABLE'}"),
        row("RequireImmutableTags", "REQUIRE_IMMUTABLE_TAGS=true", "{'Profile': 'Development'}"),
        row(
            "RequireImmutableTags",
            "REQUIRE_IMMUTABLE_TAGS=true",
            "{'ImageTagMutability': 'IMMUTABLE_WITH_EXCLUSION',"
                + " 'ImageTagMutabilityExclusionFilters':"
                + " [{'ImageTagMutabilityExclusionFilterType': 'WILDCARD',"
                + " 'ImageTagMutabilityExclusionFilterValue': '*'}]}"),
        row("RequireScanOnPush", "REQUIRE_SCAN_ON_PUSH=true", "{'Profile': 'Native'}"),
        row(
            "RequireScanOnPush",
            "REQUIRE_SCAN_ON_PUSH=true",
            "{'ImageScanningConfiguration': {'ScanOnPush': 'false'}}"),
        row("RequireKmsEncryption", "REQUIRE_KMS_ENCRYPTION=true", "{}"),
        row("AllowedKmsKeys", KEYS, "{'EncryptionConfiguration': {'EncryptionType': 'KMS'}}"),
        row("AllowedKmsKeys", KEYS, "{'Profile': 'SharedRegistry'}"),
        row("AllowedKmsKeys", KEYS, "{'EncryptionConfiguration': {'KmsKey': 'alias/mine'}}"),
        row("AllowedKmsKeys", KEYS, "{'EncryptionConfiguration': {'KmsKey': 'other'}}"),
        row("AllowedGrantAccounts", ACCOUNTS, policy("'AWS': '222222222222'")),
        row("AllowedGrantAccounts", ACCOUNTS, policy("'AWS': 'arn:aws:iam::222222222222:root'")),
        row("AllowedGrantAccounts", ACCOUNTS, policy("'AWS': ['111111111111', '222222222222']")),
        row("AllowedGrantAccounts", ACCOUNTS, policy("'AWS': 'arn:aws:iam::222222222222:role/ci'")),
        row(
            "AllowedGrantAccounts",
            ACCOUNTS,
            "{'Access': {'Pull': {'AccountIds': ['222222222222']}}}"),
        row(
            "AllowedGrantAccounts",
            ACCOUNTS,
            "{'Access': {'Lambda': {'AccountIds': ['222222222222']}}}"),
        row(
            "AllowedGrantAccounts",
            ACCOUNTS,
            "{'Access': {'Push': {'AccountIds': ['222222222222']}}}"),
        row(
            "AllowedGrantAccounts",
            ACCOUNTS,
            "{'Access': {'Delete': {'AccountIds': ['222222222222']}}}"),
        row(
            "AllowedGrantAccounts",
            ACCOUNTS,
            "{'Access': {'Pull': {'AccountIds': ['111111111111', '222222222222'], 'Services':"
                + " ['codebuild.amazonaws.com']}}}"),
        row(
            "AllowedGrantAccounts",
            ACCOUNTS,
            "{'Access': {'Read': {'PrincipalArns': ['arn:aws:iam::222222222222:role/scanner']}}}"),
        row(
            "AllowedGrantAccounts",
            ACCOUNTS,
            "{'Access': {'Pull': {'OrganizationIds': ['o-a1b2c3d4e5']}}}"),
        row("AllowPublicAccess", ACCOUNTS, policy("'Service': 'lambda.amazonaws.com'")),
        row("AllowPublicAccess", "", policy("'Service': 'codebuild.amazonaws.com'")),
        row(
            "AllowedKmsKeys",
            KEYS,
            "{'EncryptionConfiguration': {'KmsKey':"
                + " 'arn:aws:kms:eu-west-1:999999999999:key/good'}}"),
        row("MinExpiryDays", "MIN_EXPIRY_DAYS=30", "{'ExpireAllImagesAfterDays': '29'}"),
        row("MinExpiryDays", "MIN_EXPIRY_DAYS=30", "{'Profile': 'Development'}"),
        row(
            "MinExpiryDays",
            "MIN_EXPIRY_DAYS=91",
            "{'LifecycleRules': [{'TagStatus': 'any', 'StorageClass': 'Archive',"
                + " 'DaysSinceArchived': '90'}]}"),
        row("MinImageCount", "MIN_IMAGE_COUNT=10", "{'MaxImageCount': '9'}"),
        row("MinImageCount", "MIN_IMAGE_COUNT=11", "{'Profile': 'SharedRegistry'}"),
        row("MinImageCount", "MIN_IMAGE_COUNT=10", LAST_IMAGE),
        row("RequiredTags", "REQUIRED_TAGS=Team", "{}"),
        row("AllowAdministrativeGrants", "", administrative("ecr:*")),
        row("AllowAdministrativeGrants", "", administrative("ecr:SetRepositoryPolicy")),
        row("AllowAdministrativeGrants", "", administrative("ecr:put*")),
        row(
            "AllowedOrganizations",
            "ALLOWED_ORGANIZATIONS=o-a1b2c3d4e5",
            "{'Access': {'Pull': {'OrganizationIds': ['o-zzzzzzzzzz']}}}"),
        row("AllowPublicAccess", "", policy("'AWS': '*'")),
        row("AllowPublicAccess", "", policy("'AWS': ['111111111111', '*']")),
        row(
            "AllowPublicAccess",
            "",
            "{'RepositoryPolicyText': {'Statement': {'Effect': 'Allow', 'Principal': '*', 'Action':"
                + " 'ecr:*'}}}"),
        row(
            "AllowPublicAccess",
            "",
            conditional("{'StringNotEquals': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}")),
        row("AllowPublicAccess", "", conditional("{'StringLike': {'aws:PrincipalOrgID': '*'}}")),
        row(
            "AllowPublicAccess",
            "",
            conditional("{'StringEqualsIfExists': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}")),
        row("AllowPublicAccess", "", conditional("{'Bool': {'aws:SecureTransport': 'true'}}")),
        row(
            "AllowPublicAccess",
            "",
            "{'RepositoryPolicyText': {'Statement': {'Effect': 'Allow', 'NotPrincipal': {'AWS':"
                + " '111111111111'}, 'Action': 'ecr:BatchGetImage'}}}"),
        row(
            "AllowPublicAccess",
            "",
            "{'RepositoryPolicyText': {'Statement': {'Effect': 'Allow', 'Principal': {'AWS':"
                + " '111111111111'}, 'NotAction': 'ecr:DeleteRepository'}}}"));
  }

  private static final String KEYS = "ALLOWED_KMS_KEYS=arn:aws:kms:eu-west-1:123456789012:key/good";
  private static final String LAST_IMAGE =
      "{'LifecyclePolicy': {'LifecyclePolicyText': {'rules': [{'rulePriority': '1', 'selection':"
          + " {'tagStatus': 'tagged', 'tagPatternList': ['v*'], 'countType':"
          + " 'imageCountMoreThan', 'countNumber': '1'}, 'action': {'type': 'expire'}}]}}}";

  /// To a user of the repository's own account, who then needs nothing else.
  private static String administrative(String action) {
    return "{'RepositoryPolicyText': {'Statement': {'Effect': 'Allow', 'Principal': {'AWS':"
        + " 'arn:aws:iam::123456789012:user/jo'}, 'Action': '"
        + action
        + "'}}}";
  }

  private static final String ACCOUNTS = "ALLOWED_GRANT_ACCOUNTS=111111111111";

  @ParameterizedTest(name = "{0}: {2}")
  @DisplayName("M67: what a guardrail forbids it forbids in every form, by name, before any call")
  @MethodSource("waysRound")
  void nothingGetsRoundAGuardrail(String guardrail, String setting, String properties) {
    story.guardrails(environment(setting));
    try (Printed printed = new Printed()) {
      String reason = failed(story.create("Repo", properties));
      assertTrue(reason.contains("guardrail " + guardrail), reason);
      assertTrue(reason.contains("Whoever deploys the provider can change the guardrail."), reason);
      String metric = "\"Guardrail\":\"" + guardrail + "\",\"GuardrailRefusals\":1";
      assertEquals(1, printed.lines().stream().filter(line -> line.contains(metric)).count());
    }
    assertEquals(List.of(), story.ecr.calls());
  }

  @Test
  void notActionForANamedAccountIsNotCalledPublicAccess() {
    String properties =
        "{'RepositoryPolicyText': {'Statement': {'Effect': 'Allow', 'Principal': {'AWS':"
            + " '111111111111'}, 'NotAction': ['ecr:Put*', 'ecr:Set*', 'ecr:Delete*',"
            + " 'ecr:*Resource']}}}";
    assertEquals(
        "RepositoryPolicyText.Statement[0]: the provider's guardrail AllowPublicAccess says that no"
            + " Allow statement may use NotAction, which allows every action that it does not name."
            + " Name the actions in Action. Whoever deploys the provider can change the guardrail.",
        failed(story.create("Repo", properties)));
    story.guardrails(Map.of("ECRREPO_ALLOW_PUBLIC_ACCESS", "true"));
    succeeded(story.create("Repo", properties));
  }

  @Test
  void allObjectionsComeAtOnce() {
    story.guardrails(
        Map.of(
            "ECRREPO_NAME_PREFIX", "shop/",
            "ECRREPO_REQUIRE_IMMUTABLE_TAGS", "true",
            "ECRREPO_REQUIRE_SCAN_ON_PUSH", "true",
            "ECRREPO_REQUIRE_KMS_ENCRYPTION", "true",
            "ECRREPO_ALLOWED_GRANT_ACCOUNTS", "111111111111"));
    String reason =
        failed(
            story.create(
                "Repo",
                "{'RepositoryName': 'team/app', 'Profile': 'Native', 'Access': {'Pull':"
                    + " {'AccountIds': ['222222222222']}}}"));
    for (String guardrail :
        List.of(
            "NamePrefix",
            "RequireImmutableTags",
            "RequireScanOnPush",
            "RequireKmsEncryption",
            "AllowedGrantAccounts")) {
      assertTrue(reason.contains("guardrail " + guardrail), guardrail + " in " + reason);
    }
  }

  @Test
  void whatIsAllowedPasses() {
    story.guardrails(
        Map.of(
            "ECRREPO_NAME_PREFIX", "shop/",
            "ECRREPO_REQUIRE_IMMUTABLE_TAGS", "true",
            "ECRREPO_REQUIRE_SCAN_ON_PUSH", "true",
            "ECRREPO_REQUIRE_KMS_ENCRYPTION", "true",
            "ECRREPO_ALLOWED_KMS_KEYS", "arn:aws:kms:eu-west-1:123456789012:key/good",
            "ECRREPO_ALLOWED_GRANT_ACCOUNTS", "111111111111",
            "ECRREPO_ALLOWED_ORGANIZATIONS", "o-a1b2c3d4e5"));
    String name =
        succeeded(
                story.create(
                    "Repo",
                    "{'EncryptionConfiguration': {'KmsKey': 'good'}, 'Access': {'Pull':"
                        + " {'AccountIds': ['111111111111', '123456789012'], 'OrganizationIds':"
                        + " ['o-a1b2c3d4e5'], 'Services': ['codebuild.amazonaws.com']},"
                        + " 'Delete': {'AccountIds': ['111111111111']}}}"))
            .physicalId();
    assertTrue(name.startsWith("shop/shop-repo-"), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NAME_PREFIX=shop/",
        "REQUIRE_IMMUTABLE_TAGS=true",
        "REQUIRE_SCAN_ON_PUSH=true",
        "REQUIRE_KMS_ENCRYPTION=true",
        "ALLOWED_KMS_KEYS=arn:aws:kms:eu-west-1:123456789012:key/good",
        "ALLOWED_GRANT_ACCOUNTS=111111111111",
        "ALLOWED_ORGANIZATIONS=o-a1b2c3d4e5",
        "ALLOW_PUBLIC_ACCESS=false",
        "ALLOW_EMPTY_ON_DELETE=false",
        "ALLOW_ADOPTION=false"
      })
  void tighteningAGuardrailBreaksNoRollbackOfAStackThatLives(String setting) {
    String wide =
        "{'RepositoryName': 'team/app', 'Profile': 'Native', 'EmptyOnDelete': 'true',"
            + " 'AdoptExisting': 'true', 'RepositoryPolicyText': {'Statement': [{'Effect': 'Allow',"
            + " 'Principal': '*', 'Action': 'ecr:BatchGetImage'}, {'Effect': 'Allow', 'Principal':"
            + " {'AWS': '222222222222'}, 'Action': 'ecr:BatchGetImage'}]}}";
    String tagged = wide.replace("'Profile'", "'Tags': [{'Key': 'a', 'Value': 'b'}], 'Profile'");
    story.guardrails(
        Map.of("ECRREPO_ALLOW_PUBLIC_ACCESS", "true", "ECRREPO_ALLOW_ADOPTION", "true"));
    succeeded(story.create("Repo", wide));
    story.guardrails(environment(setting));
    succeeded(story.update("Repo", "team/app", wide, tagged));
    succeeded(story.update("Repo", "team/app", tagged, wide));
    succeeded(story.delete("Repo", "team/app", wide));
  }

  @Test
  void anAdoptionIsJudgedByAllThatTheRepositoryIs() {
    story.ecr.foreign("team/app", Map.of()).repositoryPolicy =
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:*\"}]}";
    story.guardrails(
        Map.of(
            "ECRREPO_ALLOW_ADOPTION", "true",
            "ECRREPO_NAME_PREFIX", "shop/",
            "ECRREPO_REQUIRE_IMMUTABLE_TAGS", "true",
            "ECRREPO_REQUIRE_SCAN_ON_PUSH", "true",
            "ECRREPO_REQUIRE_KMS_ENCRYPTION", "true"));
    // Named with the prefix the creation is tried first, so the observation must judge, too.
    String reason =
        failed(story.create("Repo", "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}"));
    assertTrue(reason.contains("NamePrefix"), reason);
    story.guardrails(
        Map.of("ECRREPO_ALLOW_ADOPTION", "true", "ECRREPO_REQUIRE_IMMUTABLE_TAGS", "true"));
    reason =
        failed(story.create("Repo", "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}"));
    assertTrue(reason.contains("RequireImmutableTags"), reason);
    assertTrue(reason.contains("AllowPublicAccess"), reason);
    assertTrue(story.ecr.stored("team/app").tags.isEmpty());
  }

  @Test
  void aRenameRollsBackToARepositoryThatCouldNoLongerBeCreated() {
    String old = "{'RepositoryName': 'team/app', 'Profile': 'Native'}";
    String next = "{'RepositoryName': 'shop/app', 'Profile': 'Production'}";
    succeeded(story.create("Repo", old));
    story.guardrails(
        Map.of("ECRREPO_NAME_PREFIX", "shop/", "ECRREPO_REQUIRE_IMMUTABLE_TAGS", "true"));
    succeeded(story.update("Repo", "team/app", old, next));
    Story.succeededAs("team/app", story.update("Repo", "shop/app", next, old));
  }

  @Test
  void whatMayBeAdoptedNeedNotBeWhatMayBeCreated() {
    story.ecr.createRepository(r ->
        r.repositoryName("team/app")
            .imageTagMutability("IMMUTABLE")
            .encryptionConfiguration(e -> e.encryptionType("KMS").kmsKey("good")));
    story.guardrails(
        Map.of("ECRREPO_ALLOW_ADOPTION", "true", "ECRREPO_REQUIRE_KMS_ENCRYPTION", "true"));
    succeeded(story.create("Repo", "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}"));
  }

  @Test
  void aNewGranteeIsJudgedEvenBesideAnOldOne() {
    String one =
        policy("'AWS': '222222222222'").replace("{'Rep", "{'RepositoryName': 'team/app', 'Rep");
    String two = one.replace("'222222222222'", "['222222222222', '333333333333']");
    succeeded(story.create("Repo", one));
    story.guardrails(environment(ACCOUNTS));
    String reason = failed(story.update("Repo", "team/app", one, two));
    assertTrue(reason.contains("333333333333"), reason);
    assertTrue(!reason.contains("account 222222222222"), reason);
  }

  private static String policy(String principal) {
    return "{'RepositoryPolicyText': {'Statement': [{'Effect': 'Allow', 'Principal': {"
        + principal
        + "}, 'Action': 'ecr:BatchGetImage'}]}}";
  }

  private static String conditional(String condition) {
    return "{'RepositoryPolicyText': {'Statement': [{'Effect': 'Allow', 'Principal': '*', 'Action':"
        + " 'ecr:BatchGetImage', 'Condition': "
        + condition
        + "}]}}";
  }

  private static Map<String, String> environment(String setting) {
    int equals = setting.indexOf('=');
    return setting.isEmpty()
        ? Map.of()
        : Map.of("ECRREPO_" + setting.substring(0, equals), setting.substring(equals + 1));
  }

  private static Arguments row(String guardrail, String setting, String properties) {
    return Arguments.of(guardrail, setting, properties);
  }

  @Test
  @DisplayName("A rollback of the update that added a required tag succeeds, and the tag stays")
  void aRequiredTagStays() {
    Story story = new Story();
    String none = "{'RepositoryName': 'team/app'}";
    String tagged = "{'RepositoryName': 'team/app', 'Tags': [{'Key': 'Team', 'Value': 'shop'}]}";
    succeeded(story.create("Repo", none));
    story.guardrails(Map.of("ECRREPO_REQUIRED_TAGS", "Team"));
    succeeded(story.update("Repo", "team/app", none, tagged));
    succeeded(story.update("Repo", "team/app", tagged, none));
    assertEquals("shop", story.ecr.stored("team/app").tags.get("Team"));
    story.guardrails(Map.of());
    succeeded(story.update("Repo", "team/app", tagged, none));
    assertFalse(story.ecr.stored("team/app").tags.containsKey("Team"));
  }
}
