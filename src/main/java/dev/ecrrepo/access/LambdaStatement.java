package dev.ecrrepo.access;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import java.util.List;
import java.util.Map;

/// The statement that the Lambda service adds to a repository's policy when a function of the same
/// account is made from an image. Without it the function stops once Lambda fetches the image
/// again.
/// https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#configuration-images-permissions
final class LambdaStatement {

  static final String SID = "LambdaECRImageRetrievalPolicy";
  static final String SERVICE = "lambda.amazonaws.com";

  private LambdaStatement() {}

  /// By its Sid and by its principal being the service and nobody else: a name alone would be a way
  /// past whoever replaces the policy.
  static boolean is(Json statement) {
    return hasSid(statement)
        && statement instanceof JsonObject object
        && object.get("Principal").filter(LambdaStatement::isService).isPresent()
        && object.get("NotPrincipal").isEmpty();
  }

  static boolean hasSid(Json statement) {
    return statement instanceof JsonObject object
        && object.string("Sid").filter(SID::equals).isPresent();
  }

  private static boolean isService(Json principal) {
    return principal instanceof JsonObject(Map<String, Json> members)
        && members.size() == 1
        && (Json.of(SERVICE).equals(members.get("Service"))
            || Json.strings(List.of(SERVICE)).equals(members.get("Service")));
  }
}
