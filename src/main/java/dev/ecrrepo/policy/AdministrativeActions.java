package dev.ecrrepo.policy;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import java.util.List;
import java.util.Optional;

/// Actions that change the repository itself. Inside one account a repository policy alone is
/// enough to allow them, so that whoever has them can undo every guardrail by direct calls.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
final class AdministrativeActions {

  private static final List<String> ACTIONS =
      List.of(
          "ecr:SetRepositoryPolicy",
          "ecr:DeleteRepositoryPolicy",
          "ecr:PutLifecyclePolicy",
          "ecr:DeleteLifecyclePolicy",
          "ecr:PutImageTagMutability",
          "ecr:PutImageScanningConfiguration",
          "ecr:TagResource",
          "ecr:UntagResource",
          "ecr:DeleteRepository");

  private AdministrativeActions() {}

  /// The first of these that the `Action` of a statement includes, or that its `NotAction` does not
  /// exclude. The caller has filtered out Deny statements.
  static Optional<String> firstIn(JsonObject statement) {
    Optional<Json> not = statement.get("NotAction");
    return ACTIONS.stream()
        .filter(action ->
            not.map(patterns -> !anyMatches(patterns, action))
                .orElseGet(
                    () -> statement.get("Action").filter(p -> anyMatches(p, action)).isPresent()))
        .findFirst();
  }

  private static boolean anyMatches(Json patterns, String action) {
    return PolicyDocument.elements(patterns).stream()
        .anyMatch(pattern ->
            pattern instanceof JsonString(String text) && new ActionPattern(text).matches(action));
  }
}
