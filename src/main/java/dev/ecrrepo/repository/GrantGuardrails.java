package dev.ecrrepo.repository;

import dev.ecrrepo.access.Exposure;
import dev.ecrrepo.access.Grantee;
import dev.ecrrepo.access.Grantee.Account;
import dev.ecrrepo.access.Grantee.Everyone;
import dev.ecrrepo.access.Grantee.Organization;
import dev.ecrrepo.access.Grantee.Service;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whom a repository policy may let in. Both lists count together: once either names somebody, an
/// account or organization that neither names is refused, or the one would be a way round the
/// other.
record GrantGuardrails(
    Set<String> allowedAccounts, Set<String> allowedOrganizations, boolean allowPublicAccess) {

  /// What stands against a policy.
  ///
  /// @param live the policy that the repository has: whom it lets in already is no change
  /// @param ownAccount of the repository, always allowed
  List<String> objections(String policy, Optional<String> live, String ownAccount) {
    Set<Object> already =
        live.map(GrantGuardrails::grantees).orElse(List.of()).stream()
            .map(GrantGuardrails::who)
            .collect(Collectors.toSet());
    return grantees(policy).stream()
        .filter(grantee -> !already.contains(who(grantee)))
        .flatMap(grantee -> objection(grantee, ownAccount).stream())
        .distinct()
        .toList();
  }

  private Optional<String> objection(Grantee grantee, String ownAccount) {
    return switch (grantee) {
      case Everyone(String why, String where) ->
          allowPublicAccess
              ? Optional.empty()
              : Optional.of(
                  Guardrails.objection(
                      where, "AllowPublicAccess", "nobody may be let in unnamed, and here " + why));
      case Account(String id, String where) ->
          isOpen() || id.equals(ownAccount) || allowedAccounts.contains(id)
              ? Optional.empty()
              : Optional.of(refused(where, "account " + id));
      case Organization(String id, String where) ->
          isOpen() || allowedOrganizations.contains(id)
              ? Optional.empty()
              : Optional.of(refused(where, "organization " + id));
      case Service(String name, boolean onBehalfOfAnyone, String where) ->
          isOpen() || !onBehalfOfAnyone
              ? Optional.empty()
              : Optional.of(refused(where, name + " on behalf of any account"));
    };
  }

  private boolean isOpen() {
    return allowedAccounts.isEmpty() && allowedOrganizations.isEmpty();
  }

  private String refused(String where, String whom) {
    return Guardrails.objection(
        where,
        allowedAccounts.isEmpty() ? "AllowedOrganizations" : "AllowedGrantAccounts",
        "policies may name only %s, and this lets in %s".formatted(allowed(), whom));
  }

  private String allowed() {
    String accounts = "account " + String.join(", ", allowedAccounts);
    String organizations = "organization " + String.join(", ", allowedOrganizations);
    return allowedOrganizations.isEmpty()
        ? accounts
        : allowedAccounts.isEmpty() ? organizations : accounts + " and " + organizations;
  }

  /// Where a policy says it does not matter to who it is.
  private static Object who(Grantee grantee) {
    return switch (grantee) {
      case Everyone(String why, String _) -> why;
      case Account(String id, String _) -> id;
      case Organization(String id, String _) -> id;
      case Service(String name, boolean onBehalfOfAnyone, String _) ->
          List.of(name, onBehalfOfAnyone);
    };
  }

  private static List<Grantee> grantees(String policy) {
    try {
      return Json.parse(policy) instanceof JsonObject document
          ? Exposure.of(document)
          : List.of(new Everyone("the policy is no document", "RepositoryPolicyText"));
    } catch (JsonSyntaxException _) {
      return List.of(new Everyone("the policy cannot be read", "RepositoryPolicyText"));
    }
  }
}
