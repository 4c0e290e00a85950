package dev.ecrrepo.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The values that properties and the operator's parameters take in random histories; empty: not
/// stated. Values of properties are JSON with single quotes.
final class Values {

  static final Map<String, List<String>> OF = new LinkedHashMap<>();
  static final Map<String, List<String>> OF_OPERATOR = new LinkedHashMap<>();
  static final String DEFAULT_TAG = "Team";
  private static final String ORGANIZATION = "o-a1b2c3d4e5";
  private static final String KMS_KEY =
      "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";

  static {
    put("RepositoryName", "", "'team/app'", "'team/b'", "'new/x'");
    put("Profile", "", "'Development'", "'SharedRegistry'", "'Native'", "'Production'");
    put("ImageTagMutability", "", "'MUTABLE'", "'IMMUTABLE'", "'NONSENSE'");
    put("ImageScanningConfiguration", "", "{'ScanOnPush': 'false'}", "{'ScanOnPush': 'true'}");
    put("MaxImageCount", "", "'5'", "'50'");
    put("ExpireUntaggedAfterDays", "", "'3'", "'Never'");
    put("ProtectedTags", "", "['v*']");
    put(
        "LifecyclePolicy",
        "",
        "{'LifecyclePolicyText': " + People.LIFECYCLE.replace('"', '\'') + "}");
    put(
        "Access",
        "",
        pull("111111111111"),
        pull("111111111111", "222222222222"),
        "{'Pull': {'PrincipalArns': ['arn:aws:iam::111111111111:role/ci']}}",
        "{'Push': {'AccountIds': ['111111111111']}}",
        "{'Pull': {'AccountIds': ['111111111111'], 'Services': ['codebuild.amazonaws.com']}}",
        "{'Delete': {'PrincipalArns': ['arn:aws:iam::111111111111:role/ci']}}",
        "{'Pull': {'OrganizationIds': ['" + ORGANIZATION + "']}}",
        "{'Lambda': {'AccountIds': ['111111111111']}}");
    put(
        "RepositoryPolicyText",
        "",
        policy("'AWS': '111111111111'", "'ecr:BatchGetImage'"),
        policy("'AWS': '111111111111'", "['ecr:BatchGetImage', 'ecr:PutImage']"),
        policy("'AWS': '111111111111'", "'ecr:*'"),
        policy("'AWS': '*'", "'ecr:BatchGetImage'"),
        policy("'Service': 'codebuild.amazonaws.com'", "'ecr:BatchGetImage'"),
        policy("'AWS': 'arn:aws:iam::123456789012:user/me'", "'ecr:SetRepositoryPolicy'"),
        policy("'Service': 'lambda.amazonaws.com'", "'ecr:*'")
            .replace("'Sid': 'S'", "'Sid': 'LambdaECRImageRetrievalPolicy'"),
        People.HAND_MADE.replace('"', '\''), // what it says already: an author may state that
        "'{ x 1}'",
        "'{ x:}'");
    put("Tags", "", "[{'Key': 'CostCenter', 'Value': '1'}]", tags("a", 30), tags("b", 30));
    put("EmptyOnDelete", "", "'true'", "'true'", "'false'", "'maybe'");
    put("AdoptExisting", "", "'true'", "'true'", "'false'");
    put(
        "EncryptionConfiguration",
        "",
        "",
        "",
        "{'EncryptionType': 'AES256'}",
        "{'EncryptionType': 'KMS'}",
        "{'EncryptionType': 'KMS', 'KmsKey': '" + KMS_KEY + "'}");
    put(
        "LifecycleRules",
        "",
        "[{'TagPatternList': ['pr-*'], 'MaxImageAgeDays': '7'}]",
        "[{'TagPatternList': ['pr-*'], 'MaxImageAgeDays': '60'}]");
    put("RepositoryNam", "", "", "", "", "", "", "'x'");
  }

  static {
    operator("ECRREPO_NAME_PREFIX", "", "new/", "old/");
    operator("ECRREPO_ALLOWED_GRANT_ACCOUNTS", "", "111111111111");
    operator("ECRREPO_ALLOWED_ORGANIZATIONS", "", ORGANIZATION, "o-zzzzzzzzzz");
    operator("ECRREPO_ALLOW_PUBLIC_ACCESS", "", "true");
    operator("ECRREPO_ALLOW_ADMINISTRATIVE_GRANTS", "", "true");
    operator("ECRREPO_REQUIRE_IMMUTABLE_TAGS", "", "true");
    operator("ECRREPO_REQUIRE_SCAN_ON_PUSH", "", "true");
    operator("ECRREPO_REQUIRE_KMS_ENCRYPTION", "", "", "true");
    operator("ECRREPO_ALLOWED_KMS_KEYS", "", "", KMS_KEY);
    operator("ECRREPO_MIN_EXPIRY_DAYS", "", "30");
    operator("ECRREPO_MIN_IMAGE_COUNT", "", "10");
    operator("ECRREPO_REQUIRED_TAGS", "", "", "CostCenter");
    operator("ECRREPO_DEFAULT_TAGS", "", DEFAULT_TAG + "=platform");
    operator("ECRREPO_ALLOW_ADOPTION", "true", "");
    operator("ECRREPO_ALLOW_EMPTY_ON_DELETE", "", "false");
    operator("TagResource", "denied", "", "");
  }

  private Values() {}

  private static void operator(String variable, String... values) {
    OF_OPERATOR.put(variable, List.of(values));
  }

  private static void put(String name, String... values) {
    OF.put(name, List.of(values));
  }

  static String pull(String... accounts) {
    return "{'Pull': {'AccountIds': ['" + String.join("', '", accounts) + "']}}";
  }

  static String policy(String principal, String action) {
    return "{'Version': '2012-10-17', 'Statement': [{'Sid': 'S', 'Effect': 'Allow', 'Principal': {"
        + principal
        + "}, 'Action': "
        + action
        + "}]}";
  }

  static String tags(String prefix, int count) {
    StringBuilder tags = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      tags.append(i == 0 ? "" : ", ").append("{'Key': '" + prefix + i + "', 'Value': 'x'}");
    }
    return tags.append("]").toString();
  }
}
