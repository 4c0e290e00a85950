package dev.ecrrepo.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.document.PrettyJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepositoryPolicyTest {

  private static final String OURS =
      """
      {"Sid": "EcrRepoPull", "Effect": "Allow",
       "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "ecr:BatchGetImage"}\
      """;

  private static final String LAMBDAS =
      """
      {"Sid": "LambdaECRImageRetrievalPolicy", "Effect": "Allow",
       "Principal": {"Service": "lambda.amazonaws.com"},
       "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
       "Condition": {"StringLike": {"aws:sourceArn": "arn:aws:lambda:eu-west-1:111122223333:function:*"}}}\
      """;

  @Test
  void theStatementThatLambdaWroteStays() {
    RepositoryPolicy kept = policy(OURS).keepingLambdaStatementOf(live(LAMBDAS), OWN);
    assertEquals(policy(OURS, LAMBDAS), kept);
    assertTrue(kept.sameAs(live(LAMBDAS, OURS), OWN));
  }

  @Test
  void aDeletedRoleIsPrintedByItsUniqueIdAndMeansTheSame() {
    String both = "[\"arn:aws:iam::111122223333:root\", \"arn:aws:iam::444455556666:role/ci\"]";
    RepositoryPolicy stated = policy(OURS.replace("\"arn:aws:iam::111122223333:root\"", both));
    String deleted = "[\"arn:aws:iam::111122223333:root\", \"AROAEXAMPLEEXAMPLEEX1\"]";
    RepositoryPolicy printed = live(OURS.replace("\"arn:aws:iam::111122223333:root\"", deleted));
    assertFalse(stated.sameAs(printed, OWN));
    assertTrue(stated.sameButForDeletedPrincipals(printed, OWN));
    // Somebody has let another account in, or taken one out.
    assertFalse(policy(OURS).sameButForDeletedPrincipals(printed, OWN));
    assertFalse(
        stated.sameButForDeletedPrincipals(
            live(OURS.replace("arn:aws:iam::111122223333:root", "AROAEXAMPLEEXAMPLEEX1")), OWN));
    assertFalse(stated.sameButForDeletedPrincipals(live(OURS), OWN));
  }

  @Test
  void aDeletedRoleWhoseNameBeginsAnotherOneIsFound() {
    String root = "\"arn:aws:iam::111122223333:root\"";
    String alive = "\"arn:aws:iam::444455556666:role/ci-deploy\"";
    RepositoryPolicy stated =
        policy(OURS.replace(root, "[\"arn:aws:iam::444455556666:role/ci\", " + alive + "]"));
    RepositoryPolicy printed =
        live(OURS.replace(root, "[\"AROAEXAMPLEEXAMPLEEX1\", " + alive + "]"));
    assertTrue(stated.sameButForDeletedPrincipals(printed, OWN));
  }

  @Test
  void nothingElseOfTheLivePolicyStays() {
    String other = OURS.replace("EcrRepoPull", "SomebodyElses");
    assertEquals(policy(OURS), policy(OURS).keepingLambdaStatementOf(live(other), OWN));
  }

  @Test
  void theNameAloneDoesNotMakeAStatementLambdas() {
    for (String principal :
        List.of(
            "\"*\"",
            "{\"AWS\": \"111122223333\"}",
            "{\"Service\": \"ecs.amazonaws.com\"}",
            "{\"Service\": [\"lambda.amazonaws.com\", \"ecs.amazonaws.com\"]}",
            "{\"Service\": \"lambda.amazonaws.com\", \"AWS\": \"*\"}")) {
      String forged = LAMBDAS.replace("{\"Service\": \"lambda.amazonaws.com\"}", principal);
      assertFalse(forged.equals(LAMBDAS));
      assertEquals(
          policy(OURS), policy(OURS).keepingLambdaStatementOf(live(forged), OWN), () -> principal);
      assertEquals(Optional.empty(), live(forged).lambdaStatementAlone(OWN));
      assertFalse(live(forged).isOnlyLambdaStatement(OWN), () -> principal);
    }
  }

  @Test
  void aStatementThatLambdaCannotHaveWrittenIsNotLambdas() {
    for (String forged :
        List.of(
            LAMBDAS.replace("\"ecr:BatchGetImage\"", "\"ecr:*\""),
            LAMBDAS.replace("\"Allow\"", "\"Deny\""),
            LAMBDAS.replace("111122223333", "444455556666"),
            LAMBDAS.replaceAll(",\\s*\"Condition\".*", "}"),
            LAMBDAS.replace("\"Effect\"", "\"Extra\": \"1\", \"Effect\""))) {
      assertFalse(forged.equals(LAMBDAS));
      assertFalse(live(forged).isOnlyLambdaStatement(OWN), forged);
      assertEquals(policy(OURS), policy(OURS).keepingLambdaStatementOf(live(forged), OWN), forged);
    }
  }

  @Test
  void anAuthorWhoStatesLambdasSidHasTheLastWord() {
    String stated = LAMBDAS.replace(":function:*", ":function:mine");
    assertEquals(policy(stated), policy(stated).keepingLambdaStatementOf(live(LAMBDAS), OWN));
    assertFalse(policy(stated).sameAs(live(LAMBDAS), OWN));
    assertTrue(policy(LAMBDAS).sameAs(live(LAMBDAS), OWN));
  }

  @Test
  void whatLambdaAddsIsNoDifference() {
    assertTrue(policy(OURS).sameAs(live(OURS, LAMBDAS), OWN));
    assertTrue(
        policy(OURS)
            .keepingLambdaStatementOf(live(OURS, LAMBDAS), OWN)
            .sameAs(live(OURS, LAMBDAS), OWN));
  }

  @Test
  void removingAStatedPolicyLeavesExactlyWhatLambdaWrote() {
    RepositoryPolicy live = live(OURS, LAMBDAS);
    assertEquals(Optional.of(policy(LAMBDAS)), live.lambdaStatementAlone(OWN));
    assertFalse(live.isOnlyLambdaStatement(OWN));
    RepositoryPolicy left = live.lambdaStatementAlone(OWN).orElseThrow();
    assertTrue(left.isOnlyLambdaStatement(OWN));
    assertTrue(left.lambdaStatementAlone(OWN).orElseThrow().sameAs(left, OWN));
  }

  @Test
  void aSingleStatementOutsideAListIsFoundToo() {
    RepositoryPolicy live =
        RepositoryPolicy.live(
            "{\"Version\": \"2012-10-17\", \"Id\": \"x\", \"Statement\": " + LAMBDAS + "}");
    assertTrue(live.isOnlyLambdaStatement(OWN));
    assertEquals(Optional.of(policy(LAMBDAS)), live.lambdaStatementAlone(OWN));
  }

  @Test
  void withoutLambdasStatementNothingRemains() {
    assertEquals(Optional.empty(), live(OURS).lambdaStatementAlone(OWN));
    assertFalse(live(OURS).isOnlyLambdaStatement(OWN));
    assertFalse(live().isOnlyLambdaStatement(OWN));
  }

  @Test
  void aLiveTextThatIsNoPolicyIsDifferentAndHoldsNothing() {
    for (String text : List.of("", "[]", "{", "\"x\"")) {
      RepositoryPolicy live = RepositoryPolicy.live(text);
      assertFalse(policy(OURS).sameAs(live, OWN));
      assertEquals(policy(OURS), policy(OURS).keepingLambdaStatementOf(live, OWN));
      assertEquals(Optional.empty(), live.lambdaStatementAlone(OWN));
    }
  }

  private static final String OWN = "111122223333";

  /// As ECR prints it.
  private static RepositoryPolicy live(String... statements) {
    return RepositoryPolicy.live(PrettyJson.of(policy(statements).document()));
  }

  private static RepositoryPolicy policy(String... statements) {
    List<JsonObject> parsed = List.of(statements).stream().map(RepositoryPolicyTest::json).toList();
    return RepositoryPolicy.live(
        PolicyDocument.withStatements(
                Json.object(Map.of("Version", Json.of("2012-10-17"))), List.copyOf(parsed))
            .toString());
  }

  private static JsonObject json(String text) {
    try {
      return (JsonObject) Json.parse(text);
    } catch (JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
