package dev.ecrrepo.policy;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.identifier.AccountId;
import dev.ecrrepo.identifier.PrincipalArn;
import java.util.List;
import java.util.Optional;

/// `Principal` and `NotPrincipal`.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
record PrincipalValidator(String partition, PolicyFaults faults) {

  private static final List<String> KINDS = List.of("AWS", "Service", "Federated", "CanonicalUser");

  void check(JsonPath at, Json value) {
    switch (value) {
      case JsonString(String text) when text.equals("*") -> {}
      case JsonString(String text) ->
          faults.add(
              at,
              Fault.quote(text) + " is not in an object that says its kind",
              text.endsWith(".amazonaws.com")
                  ? "Write {Service: \"" + text + "\"}."
                  : "Write {AWS: " + Fault.quote(text) + "}.");
      case JsonObject kinds when kinds.isEmpty() ->
          faults.add(at, "names nobody", "Add AWS or Service.");
      case JsonObject kinds -> {
        faults.requireKnownMembers(at, kinds, KINDS);
        kinds
            .members()
            .forEach((kind, ids) -> {
              if (KINDS.contains(kind)) {
                faults.requireStrings(
                    at.member(kind),
                    ids,
                    kind.equals("AWS") ? this::aws : (_, _) -> Optional.empty());
              }
            });
      }
      default ->
          faults.add(
              at, "must be an object, but is " + value.kind(), "Write {AWS: \"111122223333\"}.");
    }
  }

  private Optional<Fault> aws(JsonPath at, String value) {
    if (value.equals("*") || AccountId.isValid(value) || PrincipalArn.isUniqueId(value)) {
      return Optional.empty();
    }
    Optional<PrincipalArn> arn = PrincipalArn.parse(value);
    if (arn.isPresent()) {
      return arn.get().fault(partition, at, value);
    }
    return Optional.of(
        AccountId.looksLikeOne(value) ? AccountId.fault(value, at) : notAPrincipal(at, value));
  }

  private Fault notAPrincipal(JsonPath at, String value) {
    String quoted = Fault.quote(value);
    if (value.endsWith(".amazonaws.com")) {
      return Fault.at(at, quoted + " is a service", "Write it under Service instead of AWS.");
    }
    if (value.startsWith("o-")) {
      return Fault.at(
          at,
          quoted + " is an organization, and a policy cannot name one as a principal",
          "Use Access with OrganizationIds, which writes the necessary condition.");
    }
    if (value.startsWith("ou-") || value.startsWith("r-")) {
      return Fault.at(
          at,
          quoted + " is a part of an organization, and a policy cannot name one as a principal",
          "Use Access with OrganizationPaths, which writes the necessary condition.");
    }
    return Fault.at(
        at,
        quoted
            + " is neither an account ID of 12 digits nor the ARN of a user, a role or an"
            + " account",
        "Write one like arn:%s:iam::111122223333:role/ci.".formatted(partition));
  }
}
