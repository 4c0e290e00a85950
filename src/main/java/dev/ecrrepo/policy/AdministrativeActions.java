package dev.ecrrepo.policy;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import java.util.List;
import java.util.Locale;
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

  /// The first that the statement allows, if any; wildcards expanded.
  static Optional<String> of(JsonObject statement) {
    Optional<Json> not = statement.get("NotAction");
    return ACTIONS.stream()
        .filter(action ->
            not.map(patterns -> !names(patterns, action))
                .orElseGet(() -> statement.get("Action").filter(p -> names(p, action)).isPresent()))
        .findFirst();
  }

  private static boolean names(Json patterns, String action) {
    String lower = action.toLowerCase(Locale.ROOT);
    return PolicyDocument.elements(patterns).stream()
        .anyMatch(pattern ->
            pattern instanceof JsonString(String text)
                && matches(text.toLowerCase(Locale.ROOT), lower));
  }

  /// `*` stands for any characters, `?` for one. In time proportional to the product of both
  /// lengths at the most.
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
