package dev.ecrrepo.policy;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.wording.SpellingSuggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Hints why ECR may have refused a policy, since it does not say why.
///
/// This is no fault before ECR has refused, because the sources disagree about what ECR refuses.
/// `ecr:GetAuthorizationToken` was refused in 2020
/// (https://github.com/cloudposse/terraform-aws-ecr/pull/67), but a module in wide use grants it in
/// every repository policy (https://github.com/terraform-aws-modules/terraform-aws-ecr). `Resource`
/// was refused in 2019 (https://github.com/awsdocs/amazon-ecr-user-guide/pull/20), but AWS's own
/// examples have it today. And AWS adds actions that this list does not know yet.
public final class RefusalHints {

  private static final int MAX_HINTS = 5;

  private RefusalHints() {}

  /// Sentences about the first few of them; empty if nothing in the policy is suspicious.
  public static List<String> of(RepositoryPolicy policy) {
    Set<String> suspects = new LinkedHashSet<>();
    for (Json json : PolicyDocument.statements(policy.document())) {
      if (json instanceof JsonObject statement) {
        for (String action : actions(statement)) {
          suspect(action).ifPresent(suspects::add);
        }
        if (statement.get("Resource").or(() -> statement.get("NotResource")).isPresent()) {
          suspects.add("A repository policy needs no Resource element: remove it.");
        }
      }
    }
    return suspects.stream().limit(MAX_HINTS).toList();
  }

  private static List<String> actions(JsonObject statement) {
    List<String> actions = new ArrayList<>();
    for (String member : List.of("Action", "NotAction")) {
      Optional<Json> value = statement.get(member);
      if (value.isPresent()) {
        for (Json action : PolicyDocument.elements(value.get())) {
          if (action instanceof JsonString(String text)) {
            actions.add(text);
          }
        }
      }
    }
    return actions;
  }

  private static Optional<String> suspect(String action) {
    ActionPattern pattern = new ActionPattern(action);
    if (EcrActions.REPOSITORY.stream().anyMatch(pattern::matches)) {
      return Optional.empty();
    }
    String quoted = Fault.quote(action);
    if (EcrActions.REGISTRY.stream().anyMatch(pattern::matches)) {
      return Optional.of(
          "The action " + quoted + " is not for a repository: grant it in an IAM policy.");
    }
    if (!pattern.text().startsWith("ecr:")) {
      return Optional.of("The action " + quoted + " is not an ECR action: remove it.");
    }
    return Optional.of(
        "AWS lists no action "
            + quoted
            + " for ECR"
            + SpellingSuggestion.of(action, EcrActions.REPOSITORY)
                .map(near -> ": write " + near + ".")
                .orElse("."));
  }
}
