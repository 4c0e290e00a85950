package dev.ecrrepo.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.document.JsonText;
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
    RepositoryPolicy kept = policy(OURS).keepingLambdaStatementOf(text(LAMBDAS));
    assertEquals(policy(OURS, LAMBDAS), kept);
    assertTrue(kept.sameAs(text(LAMBDAS, OURS)));
  }

  @Test
  void nothingElseOfTheLivePolicyStays() {
    String other = OURS.replace("EcrRepoPull", "SomebodyElses");
    assertEquals(policy(OURS), policy(OURS).keepingLambdaStatementOf(text(other)));
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
          policy(OURS), policy(OURS).keepingLambdaStatementOf(text(forged)), () -> principal);
      assertEquals(Optional.empty(), RepositoryPolicy.lambdaStatementOf(text(forged)));
      assertFalse(RepositoryPolicy.isOnlyLambdaStatement(text(forged)), () -> principal);
    }
  }

  @Test
  void anAuthorWhoStatesLambdasSidHasTheLastWord() {
    String stated = LAMBDAS.replace(":function:*", ":function:mine");
    assertEquals(policy(stated), policy(stated).keepingLambdaStatementOf(text(LAMBDAS)));
    assertFalse(policy(stated).sameAs(text(LAMBDAS)));
    assertTrue(policy(LAMBDAS).sameAs(text(LAMBDAS)));
  }

  @Test
  void whatLambdaAddsIsNoDifference() {
    assertTrue(policy(OURS).sameAs(text(OURS, LAMBDAS)));
    assertTrue(
        policy(OURS).keepingLambdaStatementOf(text(OURS, LAMBDAS)).sameAs(text(OURS, LAMBDAS)));
  }

  @Test
  void removingAStatedPolicyLeavesExactlyWhatLambdaWrote() {
    String live = text(OURS, LAMBDAS);
    assertEquals(Optional.of(policy(LAMBDAS)), RepositoryPolicy.lambdaStatementOf(live));
    assertFalse(RepositoryPolicy.isOnlyLambdaStatement(live));
    String left = RepositoryPolicy.lambdaStatementOf(live).orElseThrow().text();
    assertTrue(RepositoryPolicy.isOnlyLambdaStatement(left));
    assertTrue(RepositoryPolicy.lambdaStatementOf(left).orElseThrow().sameAs(left));
  }

  @Test
  void aSingleStatementOutsideAListIsFoundToo() {
    String live = "{\"Version\": \"2012-10-17\", \"Id\": \"x\", \"Statement\": " + LAMBDAS + "}";
    assertTrue(RepositoryPolicy.isOnlyLambdaStatement(live));
    assertEquals(Optional.of(policy(LAMBDAS)), RepositoryPolicy.lambdaStatementOf(live));
  }

  @Test
  void withoutLambdasStatementNothingRemains() {
    assertEquals(Optional.empty(), RepositoryPolicy.lambdaStatementOf(text(OURS)));
    assertFalse(RepositoryPolicy.isOnlyLambdaStatement(text(OURS)));
    assertFalse(RepositoryPolicy.isOnlyLambdaStatement(text()));
  }

  @Test
  void aLiveTextThatIsNoPolicyIsDifferentAndHoldsNothing() {
    for (String live : List.of("", "[]", "{", "\"x\"")) {
      assertFalse(policy(OURS).sameAs(live));
      assertEquals(policy(OURS), policy(OURS).keepingLambdaStatementOf(live));
      assertEquals(Optional.empty(), RepositoryPolicy.lambdaStatementOf(live));
    }
  }

  private static String text(String... statements) {
    return JsonText.pretty(policy(statements).document());
  }

  private static RepositoryPolicy policy(String... statements) {
    List<JsonObject> parsed = List.of(statements).stream().map(RepositoryPolicyTest::json).toList();
    return new RepositoryPolicy(
        PolicyDocument.with(
            Json.object(Map.of("Version", Json.of("2012-10-17"))), List.copyOf(parsed)));
  }

  private static JsonObject json(String text) {
    try {
      return (JsonObject) Json.parse(text);
    } catch (JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
