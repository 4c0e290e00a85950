package dev.ecrrepo.plan;

import dev.ecrrepo.plan.Plan.Objection;
import dev.ecrrepo.policy.Grantee;
import dev.ecrrepo.policy.Grantee.Account;
import dev.ecrrepo.policy.Grantee.Everyone;
import dev.ecrrepo.policy.Grantee.Organization;
import dev.ecrrepo.policy.Grantee.PrincipalOfUnknownAccount;
import dev.ecrrepo.policy.PolicyGrants;
import dev.ecrrepo.policy.PolicyGrants.GrantedAccess;
import dev.ecrrepo.policy.RepositoryPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Who may be granted what by a repository policy. If either list has an entry, every account and
/// organization that is in neither list is refused. An empty list beside one with entries allows
/// nobody: if it allowed anybody, authors could avoid the other list.
///
/// @param allowedAccounts account IDs that policies may name besides the repository's own. If this
///   and `allowedOrganizations` are empty, policies may name any account and organization
/// @param allowedOrganizations organization IDs that policies may name
public record GrantGuardrails(
    Set<String> allowedAccounts,
    Set<String> allowedOrganizations,
    boolean allowPublicAccess,
    boolean allowAdministrativeGrants) {

  private static final String ACCOUNTS = "AllowedGrantAccounts";
  private static final String ORGANIZATIONS = "AllowedOrganizations";
  private static final String PUBLIC_ACCESS = "AllowPublicAccess";

  public GrantGuardrails {
    allowedAccounts = Guardrails.inOrder(allowedAccounts);
    allowedOrganizations = Guardrails.inOrder(allowedOrganizations);
  }

  /// The objections to the grants that a policy adds.
  ///
  /// @param live the policy that the repository has: what it grants already may stay as it is
  /// @param ownAccount of the repository, always allowed
  List<Objection> objections(
      RepositoryPolicy policy, Optional<RepositoryPolicy> live, String ownAccount) {
    List<GrantedAccess> added =
        live.map(before -> PolicyGrants.added(policy, before, ownAccount))
            .orElseGet(() -> PolicyGrants.of(policy, ownAccount));
    List<Objection> objections =
        added.stream().flatMap(access -> objections(access, ownAccount)).distinct().toList();
    if (objections.isEmpty() || live.isEmpty()) {
      return objections;
    }
    return Objection.withAdvice(
        objections,
        "A grant that the repository has already can stay exactly as it is, or be removed.");
  }

  private Stream<Objection> objections(GrantedAccess access, String ownAccount) {
    return Stream.of(
            access.grantees().stream()
                .flatMap(grantee -> objection(grantee, access.where(), ownAccount).stream()),
            checkNotAction(access),
            checkAdministrative(access))
        .flatMap(Function.identity());
  }

  private Stream<Objection> checkNotAction(GrantedAccess access) {
    return allowPublicAccess || !access.usesNotAction()
        ? Stream.empty()
        : Stream.of(
            Guardrails.objection(
                access.where(),
                PUBLIC_ACCESS,
                "no Allow statement may use NotAction, which allows every action that it does not"
                    + " name",
                "Name the actions in Action."));
  }

  private Stream<Objection> checkAdministrative(GrantedAccess access) {
    return access
        .administrative()
        .filter(_ -> !allowAdministrativeGrants)
        .map(action ->
            Guardrails.objection(
                access.where(),
                "AllowAdministrativeGrants",
                "no policy may grant actions on the repository itself, and this grants " + action))
        .stream();
  }

  private Optional<Objection> objection(Grantee grantee, String where, String ownAccount) {
    return switch (grantee) {
      case Everyone(String why, String remedy) ->
          allowPublicAccess
              ? Optional.empty()
              : Optional.of(
                  Guardrails.objection(
                      where, PUBLIC_ACCESS, "public access is forbidden, and here " + why, remedy));
      case Account(String id) ->
          isUnrestricted() || id.equals(ownAccount) || allowedAccounts.contains(id)
              ? Optional.empty()
              : Optional.of(refused(where, accountsGuardrail(), "account " + id));
      case PrincipalOfUnknownAccount(String id) ->
          isUnrestricted()
              ? Optional.empty()
              : Optional.of(
                  refused(
                      where, accountsGuardrail(), id + ", a user or role of an unknown account"));
      case Organization(String id) ->
          isUnrestricted() || allowedOrganizations.contains(id)
              ? Optional.empty()
              : Optional.of(refused(where, organizationsGuardrail(), "organization " + id));
    };
  }

  private boolean isUnrestricted() {
    return allowedAccounts.isEmpty() && allowedOrganizations.isEmpty();
  }

  /// The guardrail that is named when an account is refused: AllowedGrantAccounts, unless only
  /// AllowedOrganizations has entries.
  private String accountsGuardrail() {
    return allowedAccounts.isEmpty() ? ORGANIZATIONS : ACCOUNTS;
  }

  /// The guardrail that is named when an organization is refused.
  private String organizationsGuardrail() {
    return allowedOrganizations.isEmpty() ? ACCOUNTS : ORGANIZATIONS;
  }

  private Objection refused(String where, String guardrail, String whom) {
    return Guardrails.objection(
        where,
        guardrail,
        "besides the repository's own account, policies may name only %s, and this names %s"
            .formatted(allowed(), whom));
  }

  private String allowed() {
    String accounts = "account " + String.join(", ", allowedAccounts);
    String organizations = "organization " + String.join(", ", allowedOrganizations);
    return allowedOrganizations.isEmpty()
        ? accounts
        : allowedAccounts.isEmpty() ? organizations : accounts + " and " + organizations;
  }
}
