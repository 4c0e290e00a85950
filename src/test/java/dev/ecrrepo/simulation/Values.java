package dev.ecrrepo.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The values that properties take in random histories, JSON with single quotes; empty: not stated.
final class Values {

  static final Map<String, List<String>> OF = new LinkedHashMap<>();

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
    put("RepositoryNam", "", "", "", "", "", "", "'x'");
  }

  private Values() {}

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
