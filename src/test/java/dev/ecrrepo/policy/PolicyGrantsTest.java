package dev.ecrrepo.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.access.StatedPolicy;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.policy.Grantee.Account;
import dev.ecrrepo.policy.Grantee.Everyone;
import dev.ecrrepo.policy.Grantee.Organization;
import dev.ecrrepo.policy.Grantee.PrincipalOfUnknownAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyGrantsTest {

  /// Each row: why, who is reached, and a statement's members beside Effect and Action. `'` stands
  /// for a double quote.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a bare account ID                          | 111122223333 | 'Principal': {'AWS': '111122223333'}
          an account ID without quotes               | 111122223333 | 'Principal': {'AWS': 111122223333}
          an account's root                          | 111122223333 | 'Principal': {'AWS': ['arn:aws:iam::111122223333:root']}
          a role                                     | 111122223333 | 'Principal': {'AWS': 'arn:aws-cn:iam::111122223333:role/ci'}
          a session                                  | 111122223333 | 'Principal': {'AWS': 'arn:aws:sts::111122223333:assumed-role/ci/jo'}
          a list                                     | 111122223333 444455556666 | 'Principal': {'AWS': ['111122223333', 'arn:aws:iam::444455556666:user/jo']}
          everybody                                  | everyone     | 'Principal': '*'
          everybody of AWS                           | everyone     | 'Principal': {'AWS': '*'}
          everybody hidden in a list                 | 111122223333 everyone | 'Principal': {'AWS': ['111122223333', '*']}
          a wildcard for the account                 | everyone     | 'Principal': {'AWS': 'arn:aws:iam::*:root'}
          a wildcard in the account                  | everyone     | 'Principal': {'AWS': 'arn:aws:iam::11112222333?:root'}
          a wildcard for a role                      | everyone     | 'Principal': {'AWS': 'arn:aws:iam::111122223333:role/*'}
          the unique ID of a role                    | unknown:AROAEXAMPLEEXAMPLE12 | 'Principal': {'AWS': 'AROAEXAMPLEEXAMPLE12'}
          a name that is no principal                | everyone     | 'Principal': {'AWS': 'ci'}
          a string beside the kinds                  | everyone     | 'Principal': '111122223333'
          a kind that nobody knows                   | everyone     | 'Principal': {'Other': '111122223333'}
          a kind in other letters                    | everyone     | 'Principal': {'aws': '111122223333'}
          a canonical user                           | everyone     | 'Principal': {'CanonicalUser': '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'}
          a public identity provider                 | everyone     | 'Principal': {'Federated': 'accounts.google.com'}
          an account's identity provider             | 111122223333 | 'Principal': {'Federated': 'arn:aws:iam::111122223333:saml-provider/p'}
          nobody named                               | everyone     | 'Sid': 'x'
          all but some                               | everyone     | 'NotPrincipal': {'AWS': '111122223333'}
          all but some within an organization        | everyone     | 'NotPrincipal': {'AWS': '111122223333'}, 'Condition': {'StringEquals': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}
          all operations but some                    | 111122223333 | 'Principal': {'AWS': '111122223333'}, 'NotAction': 'ecr:PutImage'
          an organization                            | o-a1b2c3d4e5 | 'Principal': '*', 'Condition': {'StringEquals': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}
          the same in other letters                  | o-a1b2c3d4e5 | 'Principal': {'AWS': '*'}, 'Condition': {'stringequals': {'AWS:principalorgid': ['o-a1b2c3d4e5']}}
          two organizations                          | o-a1b2c3d4e5 o-b1b2c3d4e5 | 'Principal': '*', 'Condition': {'StringLike': {'aws:PrincipalOrgID': ['o-a1b2c3d4e5', 'o-b1b2c3d4e5']}}
          an organization beside any                 | everyone     | 'Principal': '*', 'Condition': {'StringLike': {'aws:PrincipalOrgID': ['o-a1b2c3d4e5', 'o-*']}}
          any organization                           | everyone     | 'Principal': '*', 'Condition': {'StringLike': {'aws:PrincipalOrgID': '*'}}
          an organization's beginning                | everyone     | 'Principal': '*', 'Condition': {'StringLike': {'aws:PrincipalOrgID': 'o-a1b2c3d4e*'}}
          the caller's own organization              | everyone     | 'Principal': '*', 'Condition': {'StringEquals': {'aws:PrincipalOrgID': '${aws:PrincipalOrgID}'}}
          every organization but one                 | everyone     | 'Principal': '*', 'Condition': {'StringNotEquals': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}
          an organization, if any                    | everyone     | 'Principal': '*', 'Condition': {'StringEqualsIfExists': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}
          an organization, whichever                 | everyone     | 'Principal': '*', 'Condition': {'Null': {'aws:PrincipalOrgID': 'false'}}
          all of no organizations                    | everyone     | 'Principal': '*', 'Condition': {'ForAllValues:StringEquals': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}
          a key in two spellings, one of them open   | everyone     | 'Principal': '*', 'Condition': {'StringLike': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:principalorgid': '*'}}
          an operator in two spellings, one open     | everyone     | 'Principal': '*', 'Condition': {'StringLike': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}, 'stringlike': {'aws:PrincipalOrgID': '*'}}
          another key                                | everyone     | 'Principal': '*', 'Condition': {'StringEquals': {'aws:PrincipalTag/org': 'o-a1b2c3d4e5'}}
          an organization in a key that it is not    | everyone     | 'Principal': '*', 'Condition': {'StringEquals': {'aws:PrincipalAccount': 'o-a1b2c3d4e5'}}
          a part of an organization                  | o-a1b2c3d4e5 | 'Principal': '*', 'Condition': {'ForAnyValue:StringLike': {'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/*'}}
          a part of any organization                 | everyone     | 'Principal': '*', 'Condition': {'ForAnyValue:StringLike': {'aws:PrincipalOrgPaths': 'o-*/r-ab12/*'}}
          any path                                   | everyone     | 'Principal': '*', 'Condition': {'ForAnyValue:StringLike': {'aws:PrincipalOrgPaths': '*'}}
          a path without its quantifier              | everyone     | 'Principal': '*', 'Condition': {'StringLike': {'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*'}}
          all paths of none                          | everyone     | 'Principal': '*', 'Condition': {'ForAllValues:StringLike': {'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*'}}
          an account by condition                    | 111122223333 | 'Principal': '*', 'Condition': {'StringEquals': {'aws:PrincipalAccount': '111122223333'}}
          an account's beginning                     | everyone     | 'Principal': '*', 'Condition': {'StringLike': {'aws:PrincipalAccount': '1111*'}}
          a role by condition                        | 111122223333 | 'Principal': '*', 'Condition': {'ArnLike': {'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*'}}
          a role of any account                      | everyone     | 'Principal': '*', 'Condition': {'ArnLike': {'aws:PrincipalArn': 'arn:aws:iam::*:role/ci'}}
          a wildcard that stretches over the account | everyone     | 'Principal': '*', 'Condition': {'StringLike': {'aws:PrincipalArn': 'arn:*:iam::111122223333:role/*'}}
          an organization and addresses              | o-a1b2c3d4e5 | 'Principal': '*', 'Condition': {'StringEquals': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}, 'IpAddress': {'aws:SourceIp': '203.0.113.0/24'}}
          addresses alone                            | everyone     | 'Principal': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '203.0.113.0/24'}}
          an organization and an account             | 111122223333 o-a1b2c3d4e5 | 'Principal': '*', 'Condition': {'StringEquals': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:PrincipalAccount': '111122223333'}}
          conditions that are no object              | everyone     | 'Principal': '*', 'Condition': 'aws:PrincipalOrgID'
          a service for anyone                       | everyone     | 'Principal': {'Service': 'lambda.amazonaws.com'}
          a service for one account's functions      | 111122223333 | 'Principal': {'Service': 'lambda.amazonaws.com'}, 'Condition': {'ArnLike': {'aws:sourceArn': 'arn:aws:lambda:*:111122223333:function:*'}}
          a Region that another account's ARN imitates | everyone   | 'Principal': {'Service': 'lambda.amazonaws.com'}, 'Condition': {'StringLike': {'aws:sourceArn': 'arn:aws:lambda:*:111122223333:*'}}
          a service for anyone's account             | everyone     | 'Principal': {'Service': 'codebuild.amazonaws.com'}, 'Condition': {'StringLike': {'aws:SourceAccount': '*'}}
          a service for an account, if any           | everyone     | 'Principal': {'Service': 'codebuild.amazonaws.com'}, 'Condition': {'StringEqualsIfExists': {'aws:SourceAccount': '111122223333'}}
          a service for all accounts of none         | everyone     | 'Principal': {'Service': 'codebuild.amazonaws.com'}, 'Condition': {'ForAllValues:StringEquals': {'aws:SourceAccount': '111122223333'}}
          a service with an empty condition          | everyone     | 'Principal': {'Service': 'codebuild.amazonaws.com'}, 'Condition': {'StringEquals': {}}
          a service for one account                  | 111122223333 | 'Principal': {'Service': 'codebuild.amazonaws.com'}, 'Condition': {'StringEquals': {'aws:SourceAccount': '111122223333'}}
          a service for any account's functions      | everyone     | 'Principal': {'Service': 'lambda.amazonaws.com'}, 'Condition': {'StringLike': {'aws:sourceArn': 'arn:aws:lambda:*:*:function:*'}}
          a service for an organization              | o-a1b2c3d4e5 | 'Principal': {'Service': 'codebuild.amazonaws.com'}, 'Condition': {'StringEquals': {'aws:SourceOrgID': 'o-a1b2c3d4e5'}}
          any service                                | everyone     | 'Principal': {'Service': '*'}
          a service and an account                   | 111122223333 everyone | 'Principal': {'Service': 'lambda.amazonaws.com', 'AWS': '111122223333'}
          """)
  void aStatementReachesNoFewerThanItMay(String why, String reached, String members) {
    assertEquals(reached, brief(of("{'Effect': 'Allow', " + members + "}")), why);
  }

  @Test
  void whatIsDeniedReachesNobody() {
    assertEquals("", brief(of("{'Effect': 'Deny', 'Principal': '*', 'NotAction': 'ecr:*'}")));
  }

  @Test
  void anEffectThatIsNotExactlyDenyCountsAsAllowed() {
    assertEquals("everyone", brief(of("{'Effect': 'deny', 'Principal': '*'}")));
    assertEquals("everyone", brief(of("{'Principal': '*'}")));
    assertEquals("everyone", brief(of("'*'")));
  }

  @Test
  void whatADenialTakesBackDoesNotCount() {
    assertEquals(
        "everyone",
        brief(
            of(
                "{'Effect': 'Allow', 'Principal': '*'}",
                "{'Effect': 'Deny', 'Principal': '*', 'Condition':"
                    + " {'StringNotEquals': {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}}")));
  }

  @Test
  void eachGrantSaysWhichPropertyStatesIt() throws JsonSyntaxException {
    RepositoryPolicy policy =
        StatedPolicy.read(
                Optional.of(
                    Json.parse(
                        """
                        {"PullThroughCache": {"AccountIds": ["111122223333"]},
                         "Push": {"OrganizationIds": ["o-a1b2c3d4e5"]}}
                        """)),
                Optional.of(
                    Json.parse(
                        """
                        {"Statement": {"Sid": "EcrRepoPullish", "Effect": "Allow",
                         "Principal": {"AWS": "111122223333"}, "Action": "ecr:PutImage"}}
                        """)),
                Optional.empty(),
                "aws",
                new ArrayList<>())
            .orElseThrow();
    assertEquals(
        List.of("RepositoryPolicyText.Statement[0]", "Access.PullThroughCache", "Access.Push"),
        PolicyGrants.of(policy, OWN).stream().map(PolicyGrants.GrantedAccess::where).toList());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ecr:BatchGetImage |",
        "ecr:PutImage |",
        "ecr:BatchDeleteImage |",
        "ecr:Get* |",
        "ecr:* | ecr:SetRepositoryPolicy",
        "* | ecr:SetRepositoryPolicy",
        "ECR:setrepositorypolicy | ecr:SetRepositoryPolicy",
        "ecr:??tRepositoryPolicy | ecr:SetRepositoryPolicy",
        "ecr:Put* | ecr:PutLifecyclePolicy",
        "ecr:*Tag* | ecr:PutImageTagMutability",
        "ecr:Untag* | ecr:UntagResource",
        "ecr:DeleteRepository | ecr:DeleteRepository"
      })
  void actionsOnTheRepositoryItselfAreTold(String action, String told) {
    var granted =
        granted(
            "{'Effect': 'Allow', 'Principal': {'AWS': '111122223333'}, 'Action': '%s'}"
                .formatted(action));
    assertEquals(Optional.ofNullable(told), granted.getFirst().administrative());
  }

  @Test
  void aGrantByNotActionIsTold() {
    String named = "{'Effect': 'Allow', 'Principal': {'AWS': '111122223333'}, ";
    assertTrue(granted(named + "'NotAction': 'ecr:*'}").getFirst().usesNotAction());
    assertFalse(granted(named + "'Action': 'ecr:BatchGetImage'}").getFirst().usesNotAction());
  }

  @Test
  void everyGrantReachesExactlyWhomItNames() throws JsonSyntaxException {
    String access =
        "{'Pull': {'AccountIds': ['111122223333'], 'OrganizationIds': ['o-a1b2c3d4e5']},"
            + " 'Push': {'PrincipalArns': ['arn:aws:iam::444455556666:role/ci'],"
            + " 'OrganizationPaths': ['o-b1b2c3d4e5/r-ab12/*']},"
            + " 'Lambda': {'AccountIds': ['777788889999']}}";
    RepositoryPolicy policy =
        StatedPolicy.read(
                Optional.of(Json.parse(access.replace('\'', '"'))),
                Optional.empty(),
                Optional.empty(),
                "aws",
                new ArrayList<>())
            .orElseThrow();
    assertEquals(
        "111122223333 444455556666 777788889999 o-a1b2c3d4e5 o-b1b2c3d4e5",
        brief(grantees(PolicyGrants.of(policy, OWN))));
  }

  private static final String OWN = "999999999999";

  private static List<Grantee> of(String... statements) {
    return grantees(granted(statements));
  }

  private static List<PolicyGrants.GrantedAccess> granted(String... statements) {
    String policy = "{'Statement': [" + String.join(",", statements) + "]}";
    return PolicyGrants.of(RepositoryPolicy.live(policy.replace('\'', '"')), OWN);
  }

  private static List<Grantee> grantees(List<PolicyGrants.GrantedAccess> granted) {
    return granted.stream().flatMap(grant -> grant.grantees().stream()).toList();
  }

  private static String brief(List<Grantee> grantees) {
    return grantees.stream()
        .map(grantee ->
            switch (grantee) {
              case Account account -> account.id();
              case PrincipalOfUnknownAccount principal -> "unknown:" + principal.uniqueId();
              case Organization organization -> organization.id();
              case Everyone _ -> "everyone";
            })
        .distinct()
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
