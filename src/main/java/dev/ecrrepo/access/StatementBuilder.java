package dev.ecrrepo.access;

import dev.ecrrepo.access.Grant.Delete;
import dev.ecrrepo.access.Grant.Lambda;
import dev.ecrrepo.access.Grant.Pull;
import dev.ecrrepo.access.Grant.PullThroughCache;
import dev.ecrrepo.access.Grant.Push;
import dev.ecrrepo.access.Grant.Read;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.identifier.PrincipalArn;
import dev.ecrrepo.policy.GrantedStatement;
import dev.ecrrepo.policy.LambdaStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes the statements of a repository policy from a grant. They have no `Resource`: a repository
/// policy applies to its repository only.
///
/// @param partition `aws`, `aws-cn`, `aws-us-gov`, …: the first part of every ARN
record StatementBuilder(String partition) {

  private static final Json EVERYONE = Json.of("*");

  List<GrantedStatement> statements(Grant grant) {
    return switch (grant) {
      case Pull(StatedGrantees grantees, List<String> services) ->
          forPull(grant, grantees, services);
      case Push(StatedGrantees grantees) -> forGrantees(grant, grantees);
      case Delete(StatedGrantees grantees) -> forGrantees(grant, grantees);
      case Read(StatedGrantees grantees) -> forGrantees(grant, grantees);
      case PullThroughCache(List<String> accounts) -> List.of(allow(grant, roots(accounts)));
      case Lambda(List<String> accounts) -> forLambda(grant, accounts);
    };
  }

  private List<GrantedStatement> forGrantees(Grant grant, StatedGrantees to) {
    List<GrantedStatement> statements = new ArrayList<>();
    List<String> principals =
        Stream.concat(to.accountIds().stream().map(this::root), to.principalArns().stream())
            .distinct()
            .toList();
    if (!principals.isEmpty()) {
      statements.add(allow(grant, aws(principals)));
    }
    if (!to.organizationIds().isEmpty()) {
      statements.add(
          allow(
              grant,
              "Organizations",
              EVERYONE,
              condition("StringEquals", "aws:PrincipalOrgID", to.organizationIds())));
    }
    if (!to.organizationPaths().isEmpty()) {
      // The key is multivalued, so it needs a set operator.
      statements.add(
          allow(
              grant,
              "OrganizationPaths",
              EVERYONE,
              condition(
                  "ForAnyValue:StringLike", "aws:PrincipalOrgPaths", to.organizationPaths())));
    }
    return statements;
  }

  /// A service acts for all its users, so its statement names the accounts (the confused deputy
  /// problem). AccessReader requires accounts beside services.
  private List<GrantedStatement> forPull(Grant grant, StatedGrantees to, List<String> services) {
    List<GrantedStatement> statements = forGrantees(grant, to);
    if (!services.isEmpty()) {
      statements.add(
          allow(
              grant,
              "Services",
              Json.object(Map.of("Service", Json.strings(services))),
              condition("StringEquals", "aws:SourceAccount", to.accountIds())));
    }
    return statements;
  }

  /// The accounts need a statement to create the function. Lambda needs the other one to fetch the
  /// image again after the function was idle.
  /// https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#configuration-images-xaccount-permissions
  private List<GrantedStatement> forLambda(Grant grant, List<String> accounts) {
    List<String> functions =
        accounts.stream().map(a -> "arn:" + partition + ":lambda:*:" + a + ":function:*").toList();
    return List.of(
        allow(grant, "Accounts", roots(accounts), Optional.empty()),
        allow(
            grant,
            "Service",
            Json.object(Map.of("Service", Json.of(LambdaStatement.SERVICE))),
            condition("ArnLike", "aws:SourceArn", functions)));
  }

  /// The main statement of a grant, without a condition.
  private static GrantedStatement allow(Grant grant, Json principal) {
    return allow(grant, "", principal, Optional.empty());
  }

  /// @param part the end of the statement's Sid, after the grant's name
  private static GrantedStatement allow(
      Grant grant, String part, Json principal, Optional<Json> condition) {
    Map<String, Json> statement = new LinkedHashMap<>();
    statement.put("Sid", Json.of(grant.sidPrefix() + part));
    statement.put("Effect", Json.of("Allow"));
    statement.put("Principal", principal);
    statement.put("Action", Json.strings(grant.actions()));
    condition.ifPresent(c -> statement.put("Condition", c));
    return new GrantedStatement(Json.object(statement), grant.property());
  }

  private static Optional<Json> condition(String operator, String key, List<String> values) {
    return Optional.of(
        Json.object(Map.of(operator, Json.object(Map.of(key, Json.strings(values))))));
  }

  private Json roots(List<String> accounts) {
    return aws(accounts.stream().map(this::root).toList());
  }

  private static Json aws(List<String> principals) {
    return Json.object(Map.of("AWS", Json.strings(principals)));
  }

  private String root(String account) {
    return PrincipalArn.root(partition, account);
  }
}
