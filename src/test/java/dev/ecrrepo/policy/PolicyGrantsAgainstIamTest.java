package dev.ecrrepo.policy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.policy.Grantee.Account;
import dev.ecrrepo.policy.Grantee.Everyone;
import dev.ecrrepo.policy.Grantee.Organization;
import dev.ecrrepo.policy.Grantee.PrincipalOfUnknownAccount;
import dev.ecrrepo.policy.IamEvaluator.Caller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random policies, each tried by callers of all kinds: whoever gets in must be among those whom
/// the exposure names. And since "everyone" for all would pass that, it must also say less than
/// that often.
class PolicyGrantsAgainstIamTest {

  private static final long SEED = 20_260_713L;
  private static final int POLICIES = 600;
  private static final String REPOSITORY =
      "arn:aws:ecr:eu-west-1:999988887777:repository/shop/cart";
  private static final String X = "o-a1b2c3d4e5";
  private static final String Y = "o-b1b2c3d4e5";

  private record Known(Caller caller, String account, String organization) {}

  private static final List<Known> CALLERS =
      List.of(
          known("arn:aws:iam::111111111111:role/ci", "111111111111", X),
          known("arn:aws:iam::222222222222:user/jo", "222222222222", X),
          known("arn:aws:iam::333333333333:role/ci", "333333333333", Y),
          known("arn:aws:iam::444444444444:role/ci", "444444444444", ""),
          service("lambda.amazonaws.com", "arn:aws:lambda:eu-west-1:111111111111:function:f", X),
          service("lambda.amazonaws.com", "arn:aws:lambda:eu-west-1:333333333333:function:f", Y),
          service(
              "codebuild.amazonaws.com", "arn:aws:codebuild:eu-west-1:444444444444:project/p", ""),
          new Known(new Caller("", Map.of()), "", ""));

  private static final List<Json> PRINCIPALS =
      List.of(
          Json.of("*"),
          aws("*"),
          aws("111111111111"),
          aws("arn:aws:iam::222222222222:root"),
          aws("arn:aws:iam::333333333333:role/ci"),
          Json.object(Map.of("AWS", Json.strings(List.of("444444444444", "111111111111")))),
          Json.object(Map.of("Service", Json.of("lambda.amazonaws.com"))),
          Json.object(Map.of("Service", Json.of("codebuild.amazonaws.com"), "AWS", Json.of("*"))));

  private static final List<String> QUANTIFIERS =
      List.of("", "", "", "ForAnyValue:", "ForAllValues:");
  private static final List<String> OPERATORS =
      List.of(
          "StringEquals",
          "stringequals",
          "StringLike",
          "StringNotEquals",
          "StringNotLike",
          "StringEqualsIgnoreCase",
          "ArnLike",
          "ArnEquals",
          "ArnNotLike");
  private static final List<String> SUFFIXES = List.of("", "", "", "IfExists");

  private static final Map<String, List<String>> KEYS =
      Map.of(
          "aws:PrincipalOrgID", List.of(X, Y, "o-*", "*", "o-a1b2c3d4e?"),
          "AWS:principalorgid", List.of(X, Y, "${aws:PrincipalOrgID}"),
          "aws:PrincipalOrgPaths", List.of(X + "/r-ab12/*", X + "/*", "o-*/r-ab12/*", "*"),
          "aws:PrincipalAccount", List.of("111111111111", "333333333333", "*", "1*"),
          "aws:PrincipalArn",
              List.of("arn:aws:iam::111111111111:role/*", "arn:aws:iam::*:role/ci", "*"),
          "aws:SourceAccount", List.of("111111111111", "444444444444", "*"),
          "aws:SourceArn",
              List.of("arn:aws:lambda:*:111111111111:function:*", "arn:aws:lambda:*:*:function:*"),
          "aws:SourceOrgID", List.of(X, Y, "*"));
  private static final List<String> KEY_NAMES = KEYS.keySet().stream().sorted().toList();

  @Test
  void whoGetsInIsAmongThoseWhomTheExposureNames() throws IOException {
    Random random = new Random(SEED);
    int limited = 0;
    int entered = 0;
    try (IamEvaluator iam = new IamEvaluator()) {
      for (int i = 0; i < POLICIES; i++) {
        JsonObject policy = policy(random);
        List<Grantee> grantees =
            PolicyGrants.of(RepositoryPolicy.live(policy.toString()), "999999999999").stream()
                .flatMap(granted -> granted.grantees().stream())
                .toList();
        limited += grantees.stream().noneMatch(Everyone.class::isInstance) ? 1 : 0;
        for (Known known : CALLERS) {
          if (iam.allows(policy, known.caller(), "ecr:BatchGetImage", REPOSITORY)) {
            entered++;
            assertTrue(
                grantees.stream().anyMatch(grantee -> names(grantee, known)),
                () ->
                    "seed "
                        + SEED
                        + ": "
                        + known
                        + " gets in by "
                        + policy
                        + ", not in "
                        + grantees);
          }
        }
      }
    }
    int limitedPolicies = limited;
    int entries = entered;
    assertTrue(limitedPolicies > POLICIES / 4, () -> "only " + limitedPolicies + " say who");
    assertTrue(entries > POLICIES / 2, () -> "only " + entries + " get in at all");
  }

  private static boolean names(Grantee grantee, Known known) {
    return switch (grantee) {
      case Everyone _ -> true;
      case Account account -> account.id().equals(known.account());
      case PrincipalOfUnknownAccount _ -> false;
      case Organization organization -> organization.id().equals(known.organization());
    };
  }

  private static JsonObject policy(Random random) {
    List<Json> statements = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      Map<String, Json> statement = new LinkedHashMap<>();
      statement.put("Effect", Json.of(random.nextInt(8) == 0 ? "Deny" : "Allow"));
      statement.put("Principal", one(random, PRINCIPALS));
      statement.put("Action", Json.of("ecr:*"));
      Map<String, Json> operators = new LinkedHashMap<>();
      for (int j = 0; j < random.nextInt(3); j++) {
        String key = one(random, KEY_NAMES);
        List<String> values = new ArrayList<>();
        for (int k = 0; k <= random.nextInt(2); k++) {
          values.add(one(random, KEYS.get(key)));
        }
        operators.put(
            one(random, QUANTIFIERS) + one(random, OPERATORS) + one(random, SUFFIXES),
            Json.object(Map.of(key, Json.strings(values))));
      }
      if (!operators.isEmpty()) {
        statement.put("Condition", Json.object(operators));
      }
      statements.add(Json.object(statement));
    }
    return Json.object(
        Map.of("Version", Json.of("2012-10-17"), "Statement", Json.array(statements)));
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static Json aws(String principal) {
    return Json.object(Map.of("AWS", Json.of(principal)));
  }

  private static Known known(String arn, String account, String organization) {
    return new Known(
        new Caller(
            arn,
            organization.isEmpty()
                ? Map.of()
                : Map.of(
                    "aws:PrincipalOrgID", Json.of(organization),
                    "aws:PrincipalOrgPaths",
                        Json.strings(List.of(organization + "/r-ab12/ou-ab12-aaaaaaaa/")))),
        account,
        organization);
  }

  private static Known service(String name, String sourceArn, String organization) {
    String account = sourceArn.split(":")[4];
    Map<String, Json> context = new LinkedHashMap<>();
    context.put("aws:SourceArn", Json.of(sourceArn));
    context.put("aws:SourceAccount", Json.of(account));
    if (!organization.isEmpty()) {
      context.put("aws:SourceOrgID", Json.of(organization));
    }
    return new Known(new Caller(name, context), account, organization);
  }
}
