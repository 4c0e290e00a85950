package dev.ecrrepo.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.FaultLines;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.document.PrettyJson;
import dev.ecrrepo.policy.PolicyDocument;
import dev.ecrrepo.policy.RepositoryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read, and that nothing which ECR takes is refused. Faults have their own cases in
/// `src/test/resources/faults`.
class RepositoryPolicyReaderTest {

  private static final String RAW =
      """
      {"Version": "2012-10-17", "Statement": [{"Sid": "own", "Effect": "Deny", "Principal": "*",
        "Action": "ecr:BatchDeleteImage"}]}\
      """;

  @Test
  void nothingStatedIsNoPolicy() {
    assertEquals(Optional.empty(), read("", ""));
  }

  @Test
  void accessAloneIsWrittenInTheNewerLanguage() {
    assertEquals(
        Optional.of("2012-10-17"),
        read("{'Pull': {'AccountIds': ['111122223333']}}", "")
            .flatMap(policy -> policy.document().string("Version")));
  }

  @Test
  void theAuthorsOwnStatementsComeFirstAndTheGrantsFollow() {
    assertEquals(
        List.of("own", "EcrRepoPull", "EcrRepoPushOrganizations"),
        sids(
            read(
                "{'Pull': {'AccountIds': ['111122223333']}, 'Push': {'OrganizationIds':"
                    + " ['o-a1b2c3d4e5']}}",
                RAW)));
  }

  @Test
  void theAuthorsOwnVersionAndIdStay() {
    String older = RAW.replace("2012-10-17", "2008-10-17").replace("{\"V", "{\"Id\": \"x\", \"V");
    JsonObject policy =
        read("{'Pull': {'AccountIds': ['111122223333']}}", older).orElseThrow().document();
    assertEquals(Optional.of("2008-10-17"), policy.string("Version"));
    assertEquals(Optional.of("x"), policy.string("Id"));
  }

  @Test
  void aSingleStatementOutsideAListIsMergedToo() throws JsonSyntaxException {
    String single = RAW.replace("[{", "{").replace("}]", "}");
    assertEquals(
        List.of("own", "EcrRepoRead"),
        sids(read("{'Read': {'AccountIds': ['111122223333']}}", single)));
  }

  @Test
  void aCachePrefixThatDoesNotApplyMakesNoPolicyAtAll() {
    assertEquals(
        Optional.empty(),
        read(
            "{'PullThroughCache': {'AccountIds': ['111122223333'], 'RepositoryPrefixes':"
                + " ['hub/']}}",
            ""));
  }

  @Test
  void anAccountAndItsRootAreOnePrincipal() {
    String both =
        "{'Pull': {'AccountIds': ['111122223333'], 'PrincipalArns':"
            + " ['arn:aws:iam::111122223333:root']}}";
    assertEquals(read("{'Pull': {'AccountIds': ['111122223333']}}", ""), read(both, ""));
  }

  @Test
  void aPolicyOfExactlyTheLimitIsTaken() {
    int rest = RAW.length() - object(RAW).toString().length();
    String sid = "s".repeat(RepositoryPolicy.MAX_CHARACTERS - RAW.length() + rest + "own".length());
    assertEquals(
        RepositoryPolicy.MAX_CHARACTERS,
        read("", RAW.replace("own", sid)).orElseThrow().text().length());
    assertEquals(1, faults("", RAW.replace("own", sid + "s")).size());
  }

  @Test
  void anythingWrongMeansNoPolicyAtAll() {
    String good = "{'Pull': {'AccountIds': ['111122223333']}}";
    assertEquals(1, faults(good, RAW.replace("Deny", "deny")).size());
    assertEquals(Optional.empty(), read(good, RAW.replace("Deny", "deny")));
    assertEquals(Optional.empty(), read(good.replace("Pull", "Pul"), RAW));
    assertEquals(Optional.empty(), read("'Pull'", RAW));
    assertEquals(Optional.empty(), read(good, "7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A user of the account, by ARN, with an Id and the older language.
        "{'Version': '2008-10-17', 'Id': 'p', 'Statement': [{'Sid': 'AllowPushPull', 'Effect':"
            + " 'Allow', 'Principal': {'AWS': ['arn:aws:iam::111122223333:user/push-pull-user-1']},"
            + " 'Action': ['ecr:BatchGetImage', 'ecr:PutImage']}]}",
        // Another account as a whole, by its root.
        "{'Version': '2012-10-17', 'Statement': [{'Sid': 'AllowCrossAccountPush', 'Effect':"
            + " 'Allow', 'Principal': {'AWS': 'arn:aws:iam::111122223333:root'}, 'Action':"
            + " ['ecr:PutImage'], 'Resource': '*'}]}",
        // A Sid with a space, as the console gives it, and no version.
        "{'Statement': {'Sid': 'new statement', 'Effect': 'Allow', 'Principal': '*',"
            + " 'Action': 'ecr:BatchGetImage'}}",
        // Address ranges.
        "{'Version': '2012-10-17', 'Statement': [{'Sid': 'IPAllow', 'Effect': 'Allow', 'Principal':"
            + " '*', 'Action': 'ecr:*', 'Condition': {'NotIpAddress': {'aws:SourceIp':"
            + " '203.0.113.9/32'}, 'IpAddress': {'aws:SourceIp': '203.0.113.0/24'}}}]}",
        // A service, held to one project of one account.
        "{'Version': '2012-10-17', 'Statement': [{'Sid': 'CodeBuildAccess', 'Effect': 'Allow',"
            + " 'Principal': {'Service': 'codebuild.amazonaws.com'}, 'Action':"
            + " ['ecr:BatchGetImage'], 'Condition': {'ArnLike': {'aws:SourceArn':"
            + " 'arn:aws:codebuild:eu-west-1:111122223333:project/p'}, 'StringEquals':"
            + " {'aws:SourceAccount': '111122223333'}}}]}",
        // An organization, and a part of one.
        "{'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'AWS': '*'},"
            + " 'Action': 'ecr:Batch*', 'Condition': {'StringEquals': {'aws:PrincipalOrgID':"
            + " ['o-a1b2c3d4e5']}, 'ForAnyValue:StringLike': {'aws:PrincipalOrgPaths':"
            + " ['o-a1b2c3d4e5/r-ab12/*']}}}]}",
        // Everybody but a role, a session, a boolean condition, another with IfExists.
        "{'Version': '2012-10-17', 'Statement': [{'Effect': 'Deny', 'NotPrincipal': {'AWS':"
            + " ['arn:aws:iam::111122223333:role/path/admin',"
            + " 'arn:aws:sts::111122223333:assumed-role/admin/jo@example.com']}, 'NotAction':"
            + " ['ecr:Get*', '*'], 'Condition': {'Bool': {'aws:SecureTransport': false},"
            + " 'StringNotEqualsIfExists': {'aws:SourceVpce': 'vpce-1'}, 'Null':"
            + " {'aws:PrincipalTag/team': 'true'}}}]}",
        // The remains of a deleted role, a federated principal.
        "{'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'AWS':"
            + " ['AROAEXAMPLEEXAMPLE12', '111122223333'], 'Federated':"
            + " 'cognito-identity.amazonaws.com'}, 'Action': 'ecr:BatchGetImage', 'Condition':"
            + " {}}]}"
      })
  void whatAwsDocumentsPasses(String policy) throws JsonSyntaxException {
    JsonObject document = object(policy.replace('\'', '"'));
    String asText = PrettyJson.of(document);
    List<Fault> faults = new ArrayList<>();
    for (Json form : List.of(document, Json.of(asText))) {
      Optional<RepositoryPolicy> read =
          StatedPolicy.read(Optional.empty(), Optional.of(form), Optional.empty(), "aws", faults);
      assertEquals("", FaultLines.of(faults));
      assertEquals(Optional.of(document), read.map(RepositoryPolicy::document));
      assertTrue(read.orElseThrow().sameAs(RepositoryPolicy.live(asText), "999999999999"));
    }
  }

  private static List<String> sids(Optional<RepositoryPolicy> policy) {
    return PolicyDocument.statements(policy.orElseThrow().document()).stream()
        .map(statement -> ((JsonObject) statement).string("Sid").orElse("none"))
        .toList();
  }

  private static Optional<RepositoryPolicy> read(String access, String text) {
    return read(access, text, new ArrayList<>());
  }

  private static List<Fault> faults(String access, String text) {
    List<Fault> faults = new ArrayList<>();
    read(access, text, faults);
    return faults;
  }

  private static Optional<RepositoryPolicy> read(String access, String text, List<Fault> faults) {
    return StatedPolicy.read(
        json(access.replace('\'', '"')), json(text), Optional.of("shop/cart"), "aws", faults);
  }

  private static Optional<Json> json(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Json.parse(text));
    } catch (JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonObject object(String text) {
    return (JsonObject) json(text).orElseThrow();
  }
}
