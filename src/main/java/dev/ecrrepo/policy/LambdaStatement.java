package dev.ecrrepo.policy;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The statement that the Lambda service adds to a repository's policy when a function of the same
/// account is made from an image. Without it the function stops once Lambda fetches the image
/// again.
/// https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#configuration-images-permissions
public final class LambdaStatement {

  static final String SID = "LambdaECRImageRetrievalPolicy";
  public static final String SERVICE = "lambda.amazonaws.com";

  private static final Set<String> MEMBERS =
      Set.of("Sid", "Effect", "Principal", "Action", "Condition");

  /// What Lambda's documentation shows, in lower case: IAM compares actions without case.
  private static final Set<String> ACTIONS =
      Set.of(
          "ecr:batchgetimage",
          "ecr:getdownloadurlforlayer",
          "ecr:getrepositorypolicy",
          "ecr:setrepositorypolicy",
          "ecr:deleterepositorypolicy");

  private LambdaStatement() {}

  /// Whether Lambda itself can have written it: its Sid and principal, an Allow of only its known
  /// actions, for functions of the repository's own account. All of this is checked, because such a
  /// statement is kept when the template no longer states it.
  static boolean is(Json json, String ownAccount) {
    return hasSid(json)
        && json instanceof JsonObject statement
        && MEMBERS.containsAll(statement.members().keySet())
        && statement.string("Effect").filter("Allow"::equals).isPresent()
        && statement.get("Principal").filter(LambdaStatement::isService).isPresent()
        && statement.get("Action").filter(LambdaStatement::areKnown).isPresent()
        && ConditionScope.of(statement.get("Condition")).accounts().equals(Set.of(ownAccount));
  }

  static boolean hasSid(Json statement) {
    return statement instanceof JsonObject object
        && object.string("Sid").filter(SID::equals).isPresent();
  }

  private static boolean isService(Json principal) {
    return principal instanceof JsonObject(Map<String, Json> members)
        && members.size() == 1
        && PolicyDocument.elements(members.getOrDefault("Service", Json.of("")))
            .equals(List.of(Json.of(SERVICE)));
  }

  private static boolean areKnown(Json actions) {
    return PolicyDocument.elements(actions).stream()
        .allMatch(action ->
            action instanceof JsonString(String name)
                && ACTIONS.contains(name.toLowerCase(Locale.ROOT)));
  }
}
