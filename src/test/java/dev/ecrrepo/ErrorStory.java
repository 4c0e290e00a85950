package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A failure that does not lie in the properties alone, told until its sentence is said.
///
/// @param group the heading in the guide
/// @param cause what has happened, a sentence
/// @param tell plays the story and returns the answer's reason
record ErrorStory(String group, String cause, Function<Story, String> tell) {

  private static final String NAMED = "{'RepositoryName': 'team/app'}";
  private static final String ADOPT = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}";
  private static final String KMS =
      "{'RepositoryName': 'team/app', 'EncryptionConfiguration': {'EncryptionType': 'KMS'}}";
  private static final String GRANTING =
      "{'RepositoryName': 'team/app', 'Access': {'Pull': {'PrincipalArns':"
          + " ['arn:aws:iam::111122223333:role/gone']}}}";
  private static final String BY_HAND =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
          + "\"arn:aws:iam::111122223333:root\"},\"Action\":\"ecr:BatchGetImage\"}]}";
  private static final Map<String, String> ADOPTING = Map.of("ECRREPO_ALLOW_ADOPTION", "true");
  private static final String EXISTS = "The repository exists already";
  private static final String ADOPTED = "An adopted repository differs from the template";
  private static final String DELETION = "A repository cannot be deleted";
  private static final String GUARDRAIL = "A guardrail forbids it";
  private static final String ECR = "ECR refuses it, or cannot do it";
  private static final String STACK = "Wrong account or Region, no time left, or an old event";

  /// In the order of the guide.
  static List<ErrorStory> all() {
    return List.of(
        of(
            EXISTS,
            "It was created without this provider.",
            story -> {
              story.ecr.foreign("team/app", Map.of());
              return failed(story.create("Repo", NAMED));
            }),
        of(
            EXISTS,
            "Another stack owns it.",
            story -> {
              succeeded(story.stack(Story.OTHER_STACK).create("Repo", NAMED));
              return failed(story.stack(Story.STACK).create("Repo", NAMED));
            }),
        of(
            EXISTS,
            "The logical ID was changed.",
            story -> {
              succeeded(story.create("Old", NAMED));
              return failed(story.create("New", NAMED));
            }),
        of(
            EXISTS,
            "`AdoptExisting` is stated, and the provider does not allow adoption.",
            story -> {
              story.ecr.foreign("team/app", Map.of());
              return failed(story.create("Repo", ADOPT));
            }),
        of(
            EXISTS,
            "`AdoptExisting` is stated for a repository of another stack.",
            story -> {
              succeeded(story.stack(Story.OTHER_STACK).create("Repo", NAMED));
              return failed(story.stack(Story.STACK).guardrails(ADOPTING).create("Repo", ADOPT));
            }),
        of(
            EXISTS,
            "The ownership tags were removed manually.",
            story -> {
              succeeded(story.create("Repo", NAMED));
              story.ecr.stored("team/app").tags.clear();
              return failed(story.update("Repo", "team/app", NAMED, NAMED));
            }),
        of(
            EXISTS,
            "Some of the ownership tags were removed manually.",
            story -> {
              succeeded(story.create("Repo", NAMED));
              story.ecr.stored("team/app").tags.remove("ecrrepo:stack-id");
              return failed(story.update("Repo", "team/app", NAMED, NAMED));
            }),
        of(
            EXISTS,
            "An earlier resource with this logical ID was removed with `DeletionPolicy: Retain`.",
            story -> {
              succeeded(story.create("Repo", NAMED));
              return failed(story.create("Repo", NAMED));
            }),
        of(
            ADOPTED,
            "A template that adopts a repository states something, perhaps with `Profile`, that the"
                + " repository does not have.",
            story -> {
              story.ecr.foreign("team/app", Map.of());
              return failed(
                  story
                      .guardrails(ADOPTING)
                      .create("Repo", with(ADOPT, "'ImageTagMutability': 'IMMUTABLE'")));
            }),
        of(
            ADOPTED,
            "A template states a policy for the first time, and the repository has another one.",
            story -> {
              adopt(story);
              story.ecr.stored("team/app").repositoryPolicy = BY_HAND;
              String granting = with(ADOPT, "'Access': {'Pull': {'AccountIds': ['444455556666']}}");
              return failed(story.update("Repo", "team/app", ADOPT, granting));
            }),
        of(
            ADOPTED,
            "`AdoptExisting` was removed, and a default would change the repository.",
            story -> {
              adopt(story);
              return failed(story.update("Repo", "team/app", ADOPT, NAMED));
            }),
        of(
            ADOPTED,
            "The logical ID and the properties were changed in one deployment.",
            story -> {
              succeeded(story.create("Old", NAMED));
              return failed(story.create("New", with(ADOPT, "'ImageTagMutability': 'MUTABLE'")));
            }),
        of(
            DELETION,
            "It contains images.",
            story -> {
              succeeded(story.create("Repo", NAMED));
              story.ecr.stored("team/app").images = 1;
              return failed(story.delete("Repo", "team/app", NAMED));
            }),
        of(
            DELETION,
            "It contains images, and the provider's guardrail forbids deleting them.",
            story -> {
              String forced = "{'RepositoryName': 'team/app', 'EmptyOnDelete': 'true'}";
              succeeded(story.create("Repo", forced));
              story.ecr.stored("team/app").images = 1;
              story.guardrails(Map.of("ECRREPO_ALLOW_EMPTY_ON_DELETE", "false"));
              return failed(story.delete("Repo", "team/app", forced));
            }),
        of(
            DELETION,
            "It contains images, and a rollback would delete it, although it existed before the"
                + " update.",
            story -> {
              String forced = "{'RepositoryName': 'team/app', 'EmptyOnDelete': 'true'}";
              succeeded(story.create("Repo", forced));
              story.ecr.stored("team/app").images = 1;
              String other = "{'RepositoryName': 'team/other'}";
              succeeded(story.update("Repo", "team/app", forced, other));
              succeeded(story.update("Repo", "team/other", other, forced));
              succeeded(story.update("Repo", "team/app", forced, other)); // a sibling failed
              return failed(story.delete("Repo", "team/app", forced));
            }),
        guardrail("ECRREPO_NAME_PREFIX", "shop/", NAMED),
        guardrail("ECRREPO_REQUIRE_IMMUTABLE_TAGS", "true", "{'ImageTagMutability': 'MUTABLE'}"),
        guardrail(
            "ECRREPO_REQUIRE_SCAN_ON_PUSH",
            "true",
            "{'ImageScanningConfiguration': {'ScanOnPush': 'false'}}"),
        guardrail("ECRREPO_REQUIRE_KMS_ENCRYPTION", "true", NAMED),
        guardrail(
            "ECRREPO_ALLOWED_KMS_KEYS",
            "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            KMS),
        guardrail("ECRREPO_REQUIRED_TAGS", "CostCenter", NAMED),
        guardrail("ECRREPO_MIN_EXPIRY_DAYS", "30", "{'ExpireAllImagesAfterDays': '14'}"),
        guardrail("ECRREPO_MIN_IMAGE_COUNT", "20", "{'MaxImageCount': '5'}"),
        guardrail("ECRREPO_ALLOWED_GRANT_ACCOUNTS", "444455556666", GRANTING),
        guardrail(
            "ECRREPO_ALLOWED_ORGANIZATIONS",
            "o-a1b2c3d4e5",
            "{'Access': {'Pull': {'OrganizationIds': ['o-zzzzzzzzzz']}}}"),
        guardrail(
            "ECRREPO_ALLOW_PUBLIC_ACCESS",
            "false",
            "{'RepositoryPolicyText': {'Statement': {'Effect': 'Allow', 'Principal': '*', 'Action':"
                + " 'ecr:BatchGetImage'}}}"),
        guardrail(
            "ECRREPO_ALLOW_PUBLIC_ACCESS",
            "false",
            "{'RepositoryPolicyText': {'Statement': {'Effect': 'Allow', 'Principal': {'AWS':"
                + " '111122223333'}, 'NotAction': ['ecr:Put*', 'ecr:Set*', 'ecr:Delete*',"
                + " 'ecr:*Resource']}}}"),
        guardrail(
            "ECRREPO_ALLOW_ADMINISTRATIVE_GRANTS",
            "false",
            "{'RepositoryPolicyText': {'Statement': {'Effect': 'Allow', 'Principal': {'AWS':"
                + " '111122223333'}, 'Action': 'ecr:*'}}}"),
        of(
            GUARDRAIL,
            "The provider was deployed with `RequireImmutableTags` = `true`, and the template"
                + " adopts a repository that does not comply.",
            story -> {
              story.ecr.foreign("team/app", Map.of());
              Map<String, String> immutable =
                  Map.of(
                      "ECRREPO_ALLOW_ADOPTION", "true", "ECRREPO_REQUIRE_IMMUTABLE_TAGS", "true");
              return failed(story.guardrails(immutable).create("Repo", ADOPT));
            }),
        of(
            ECR,
            "The encryption of a repository was changed in the template.",
            story -> {
              succeeded(story.create("Repo", NAMED));
              return failed(story.update("Repo", "team/app", NAMED, KMS));
            }),
        refused(
            "The role of the provider lacks a permission.",
            NAMED,
            "AccessDeniedException",
            "User: arn:aws:sts::123456789012:assumed-role/r/f is not authorized to perform:"
                + " ecr:CreateRepository on resource: team/app"),
        refused(
            "The KMS key is disabled, deleted, or in another Region.",
            KMS,
            "KmsException",
            "the key is disabled"),
        refused(
            "The account has as many repositories as its quota allows.",
            NAMED,
            "LimitExceededException",
            "The maximum per registry is reached"),
        of(
            ECR,
            "The repository has too many tags, because others added some.",
            story -> {
              succeeded(story.create("Repo", NAMED));
              story.ecr.fail(
                  "TagResource",
                  9,
                  "TooManyTagsException",
                  "The list of tags on the repository is over the limit. The maximum number of tags"
                      + " that can be applied to a repository is 50.",
                  400);
              return failed(
                  story.update(
                      "Repo",
                      "team/app",
                      NAMED,
                      with(NAMED, "'Tags': [{'Key': 'a', 'Value': 'b'}]")));
            }),
        of(
            ECR,
            "A principal of the policy does not exist.",
            story -> {
              story.ecr.fail(
                  "SetRepositoryPolicy",
                  99,
                  "InvalidParameterException",
                  "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Principal not"
                      + " found'",
                  400);
              return failed(story.limit(Duration.ofMinutes(3)).create("Repo", GRANTING));
            }),
        of(
            ECR,
            "A policy has an action that ECR does not know.",
            story -> {
              story.ecr.fail(
                  "SetRepositoryPolicy",
                  99,
                  "InvalidParameterException",
                  "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid"
                      + " repository policy provided'",
                  400);
              return failed(
                  story
                      .limit(Duration.ofMinutes(3))
                      .create(
                          "Repo",
                          "{'RepositoryName': 'team/app', 'RepositoryPolicyText': {'Statement':"
                              + " {'Effect': 'Allow', 'Principal': {'AWS': '111122223333'},"
                              + " 'Action': ['ecr:BatchGetImages', 's3:GetObject']}}}"));
            }),
        of(
            ECR,
            "ECR throttled the calls until no time was left.",
            story -> {
              story.ecr.fail("CreateRepository", 999, "ThrottlingException", "Rate exceeded", 400);
              return failed(story.create("Repo", NAMED));
            }),
        refused(
            "The role of the provider's function was deleted or replaced.",
            NAMED,
            "UnrecognizedClientException",
            "The security token included in the request is invalid."),
        of(
            ECR,
            "ECR had an internal error.",
            story -> {
              story.ecr.fail("CreateRepository", 99, "ServerException", "internal error", 500);
              return failed(story.create("Repo", NAMED));
            }),
        of(
            ECR,
            "A Create failed, and the repository that it had created could not be deleted.",
            story -> {
              story.ecr.fail(
                  "PutLifecyclePolicy",
                  1,
                  "ValidationException",
                  "Invalid parameter at 'LifecyclePolicyText'",
                  400);
              story.ecr.fail("DeleteRepository", 999, "ThrottlingException", "Rate exceeded", 400);
              return failed(story.create("Repo", NAMED));
            }),
        of(
            STACK,
            "The stack is in an account that the provider does not serve.",
            story -> failed(story.stack(Story.OTHER_ACCOUNT).create("Repo", NAMED))),
        of(
            STACK,
            "The `ServiceToken` is that of another Region.",
            story ->
                failed(
                    story
                        .stack(Story.STACK.replace("eu-west-1", "us-east-1"))
                        .create("Repo", NAMED))),
        of(
            STACK,
            "`ServiceTimeout` or the function's time limit was reached.",
            story -> failed(story.limit(Duration.ZERO).create("Repo", NAMED))),
        of(
            STACK,
            "CloudFormation or Lambda delivered an older event again.",
            story -> {
              succeeded(story.create("Repo", "r-1", NAMED));
              String mutable = with(NAMED, "'ImageTagMutability': 'MUTABLE'");
              succeeded(story.update("Repo", "team/app", NAMED, mutable));
              return failed(story.create("Repo", "r-1", NAMED));
            }));
  }

  /// The properties and more of them.
  private static String with(String properties, String more) {
    return properties.replace("}", ", " + more + "}");
  }

  private static void adopt(Story story) {
    story.ecr.foreign("team/app", Map.of());
    succeeded(story.guardrails(ADOPTING).create("Repo", ADOPT));
  }

  private static ErrorStory of(String group, String cause, Function<Story, String> tell) {
    return new ErrorStory(group, cause, tell);
  }

  private static ErrorStory guardrail(String variable, String setting, String properties) {
    return of(
        GUARDRAIL,
        "The provider was deployed with `%s` = `%s`.".formatted(parameter(variable), setting),
        story -> failed(story.guardrails(Map.of(variable, setting)).create("Repo", properties)));
  }

  /// ECR refuses to create the repository.
  private static ErrorStory refused(String cause, String properties, String code, String said) {
    return of(
        ECR,
        cause,
        story -> {
          story.ecr.fail("CreateRepository", 1, code, said, 400);
          return failed(story.create("Repo", properties));
        });
  }

  /// `ECRREPO_NAME_PREFIX` is the parameter `NamePrefix`.
  private static String parameter(String variable) {
    StringBuilder name = new StringBuilder();
    for (String word : variable.replace("ECRREPO_", "").split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return name.toString();
  }
}
