package dev.ecrrepo.policy;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Scalars;
import dev.ecrrepo.identifier.AccountId;
import dev.ecrrepo.identifier.PrincipalArn;
import dev.ecrrepo.policy.Grantee.Account;
import dev.ecrrepo.policy.Grantee.Everyone;
import dev.ecrrepo.policy.Grantee.Organization;
import dev.ecrrepo.policy.Grantee.PrincipalOfUnknownAccount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a policy's Allow statements grant, and to whom, one principal at a time where a statement
/// can be split. It may report more than AWS grants, never less: a principal that it cannot read
/// counts as everyone, a Deny does not reduce what is reported, and a statement whose Effect is
/// neither Allow nor Deny counts as Allow.
///
/// A principal that names its account, or is a unique ID, is reported as such, whatever the
/// conditions say. For any other principal, all accounts and organizations are reported to which
/// the conditions certainly limit it ([ConditionScope]); if there are none, everyone.
public final class PolicyGrants {

  private static final Set<String> SPLITTABLE_MEMBERS =
      Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");

  /// What one principal of one statement, or a statement that cannot be split, is granted.
  ///
  /// @param grantees who that may be
  /// @param administrative an action on the repository itself that it includes
  /// @param usesNotAction whether it includes every action that it does not name
  /// @param where the property that states it: `Access.Pull`, `RepositoryPolicyText.Statement[2]`
  public record GrantedAccess(
      List<Grantee> grantees,
      Optional<String> administrative,
      boolean usesNotAction,
      String where) {}

  /// A statement, or the part of it that concerns one principal.
  private record StatementPart(Json statement, String where) {
    Json meaning() {
      return PolicyNormalForm.meaning(statement);
    }

    boolean isPlainAllow() {
      return statement instanceof JsonObject object && PolicyGrants.isPlainAllow(object);
    }
  }

  private PolicyGrants() {}

  /// All that a policy grants.
  ///
  /// @param ownAccount of the repository, 12 digits
  public static List<GrantedAccess> of(RepositoryPolicy policy, String ownAccount) {
    return grants(parts(policy), ownAccount);
  }

  /// What a policy grants that the live one does not. Everything, if the live one has another
  /// Version, or a statement other than a plain Allow that this one does not have: without it, the
  /// other statements may allow more.
  public static List<GrantedAccess> added(
      RepositoryPolicy policy, RepositoryPolicy live, String ownAccount) {
    List<StatementPart> parts = parts(policy);
    List<StatementPart> before = parts(live);
    Set<Json> wanted = parts.stream().map(StatementPart::meaning).collect(Collectors.toSet());
    boolean comparable =
        version(policy).equals(version(live))
            && before.stream()
                .filter(part -> !part.isPlainAllow())
                .allMatch(part -> wanted.contains(part.meaning()));
    if (!comparable) {
      return grants(parts, ownAccount);
    }
    Set<Json> already = before.stream().map(StatementPart::meaning).collect(Collectors.toSet());
    return grants(
        parts.stream().filter(part -> !already.contains(part.meaning())).toList(), ownAccount);
  }

  private static String version(RepositoryPolicy policy) {
    return policy.document().string("Version").orElse(PolicyDocument.VERSION_IF_ABSENT);
  }

  private static List<StatementPart> parts(RepositoryPolicy policy) {
    List<StatementPart> parts = new ArrayList<>();
    List<Json> statements = PolicyDocument.statements(policy.document());
    for (int i = 0; i < statements.size(); i++) {
      String where = policy.origin(i);
      split(statements.get(i)).forEach(part -> parts.add(new StatementPart(part, where)));
    }
    return parts;
  }

  /// An Allow statement that has only these members, in parts of one principal each; any other
  /// statement as a whole.
  private static List<Json> split(Json json) {
    if (!(json instanceof JsonObject statement)
        || !isPlainAllow(statement)
        || !SPLITTABLE_MEMBERS.containsAll(statement.members().keySet())
        || !(statement.members().get("Principal") instanceof JsonObject(Map<String, Json> kinds))) {
      return List.of(json);
    }
    List<Json> parts = new ArrayList<>();
    kinds.forEach((kind, ids) ->
        PolicyDocument.elements(ids).forEach(id -> parts.add(forPrincipal(statement, kind, id))));
    return parts;
  }

  private static Json forPrincipal(JsonObject statement, String kind, Json id) {
    Map<String, Json> members = new LinkedHashMap<>(statement.members());
    members.put("Principal", Json.object(Map.of(kind, id)));
    return Json.object(members);
  }

  private static boolean isPlainAllow(JsonObject statement) {
    return statement.string("Effect").filter("Allow"::equals).isPresent();
  }

  private static List<GrantedAccess> grants(List<StatementPart> parts, String ownAccount) {
    return parts.stream().flatMap(part -> grant(part, ownAccount).stream()).distinct().toList();
  }

  private static Optional<GrantedAccess> grant(StatementPart part, String ownAccount) {
    if (!(part.statement() instanceof JsonObject statement)) {
      Everyone unknown = new Everyone("this is not a statement", "Remove it.");
      return Optional.of(
          new GrantedAccess(List.of(unknown), Optional.empty(), false, part.where()));
    }
    if (statement.string("Effect").filter("Deny"::equals).isPresent()) {
      return Optional.empty();
    }
    // Lambda's own statement allows ecr:SetRepositoryPolicy, which would otherwise count as
    // administrative.
    Optional<String> administrative =
        LambdaStatement.is(statement, ownAccount)
            ? Optional.empty()
            : AdministrativeActions.firstIn(statement);
    boolean usesNotAction = statement.get("NotAction").isPresent();
    return Optional.of(
        new GrantedAccess(grantees(statement), administrative, usesNotAction, part.where()));
  }

  private static List<Grantee> grantees(JsonObject statement) {
    if (statement.get("NotPrincipal").isPresent()) {
      return List.of(
          new Everyone(
              "it allows everybody except those that it names", "Name accounts in Principal."));
    }
    return statement
        .get("Principal")
        .map(principal -> ofPrincipal(principal, ConditionScope.of(statement.get("Condition"))))
        .orElseGet(
            () -> List.of(new Everyone("it has no Principal", "Name accounts in Principal.")));
  }

  private static List<Grantee> ofPrincipal(Json principal, ConditionScope scope) {
    if (!(principal instanceof JsonObject kinds)) {
      return ofScope(scope).orElseGet(() -> anybody("Principal " + Fault.quote(principal)));
    }
    return kinds.members().entrySet().stream()
        .flatMap(kind ->
            PolicyDocument.elements(kind.getValue()).stream()
                .flatMap(id -> ofId(kind.getKey(), id, scope).stream()))
        .toList();
  }

  private static List<Grantee> ofId(String kind, Json json, ConditionScope scope) {
    String id = Scalars.text(json).orElse("*");
    boolean mayBeAccount = kind.equals("AWS") || kind.equals("Federated");
    Optional<Grantee> named =
        mayBeAccount && !id.contains("*") && !id.contains("?") ? ofAccount(id) : Optional.empty();
    if (named.isPresent()) {
      return List.of(named.get());
    }
    return ofScope(scope)
        .orElseGet(() ->
            kind.equals("Service")
                ? onBehalfOfAnybody(id)
                : anybody(kind + " " + Fault.quote(json)));
  }

  private static Optional<Grantee> ofAccount(String id) {
    if (PrincipalArn.isUniqueId(id)) {
      return Optional.of(new PrincipalOfUnknownAccount(id));
    }
    return AccountId.isValid(id)
        ? Optional.of(new Account(id))
        : PrincipalArn.parse(id).map(arn -> new Account(arn.account()));
  }

  private static List<Grantee> anybody(String shown) {
    return List.of(
        new Everyone(
            shown
                + " may be anybody, and no condition limits it to named accounts or"
                + " organizations",
            "Name the accounts in Access.Pull.AccountIds, or add a condition such as StringEquals"
                + " aws:PrincipalOrgID with the ID of your organization."));
  }

  /// The confused deputy problem: anybody who uses the service could reach the repository through
  /// it.
  private static List<Grantee> onBehalfOfAnybody(String service) {
    return List.of(
        new Everyone(
            "the service "
                + service
                + " acts for anybody, and no condition such as aws:SourceAccount limits it to named"
                + " accounts",
            "Add the condition StringEquals aws:SourceAccount with the ID of your account."));
  }

  private static Optional<List<Grantee>> ofScope(ConditionScope scope) {
    List<Grantee> named =
        Stream.concat(
                scope.organizations().stream().<Grantee>map(Organization::new),
                scope.accounts().stream().<Grantee>map(Account::new))
            .toList();
    return named.isEmpty() ? Optional.empty() : Optional.of(named);
  }
}
