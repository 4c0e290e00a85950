package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.CanonicalJson;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;

/// A lifecycle policy document that ECR accepts.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
public record LifecyclePolicy(JsonObject document) {

  /// As it is sent to ECR.
  public String text() {
    return document.toString();
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
