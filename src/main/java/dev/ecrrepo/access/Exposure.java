package dev.ecrrepo.access;

import dev.ecrrepo.access.Grantee.Account;
import dev.ecrrepo.access.Grantee.Everyone;
import dev.ecrrepo.access.Grantee.Organization;
import dev.ecrrepo.access.Grantee.Service;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whom a policy's Allow statements may let in. Errs on the side of too many: whatever it does not
/// understand is everybody, and what Deny statements take back does not count.
///
/// Since every condition of a statement has to hold, one that restricts is enough; all that
/// restrict are reported, as a policy names them all.
public final class Exposure {

  private static final JsonPath STATEMENTS =
      JsonPath.of("RepositoryPolicyText").member("Statement");

  private Exposure() {}

  /// In the order of the statements, without repetitions.
  public static List<Grantee> of(JsonObject policy) {
    List<Grantee> grantees = new ArrayList<>();
    List<Json> statements = PolicyDocument.statements(policy);
    for (int i = 0; i < statements.size(); i++) {
      grantees.addAll(ofStatement(statements.get(i), STATEMENTS.element(i)));
    }
    return grantees.stream().distinct().toList();
  }

  private static List<Grantee> ofStatement(Json json, JsonPath at) {
    if (!(json instanceof JsonObject statement)) {
      return List.of(new Everyone("this is no statement", at.text()));
    }
    if (statement.string("Effect").filter("Deny"::equals).isPresent()) {
      return List.of();
    }
    String where = Grant.propertyOf(statement.string("Sid").orElse("")).orElse(at.text());
    List<Grantee> grantees = new ArrayList<>();
    if (statement.get("NotAction").isPresent()) {
      grantees.add(
          new Everyone("NotAction allows all that it does not name, now and in future", where));
    }
    Optional<Json> principal = statement.get("Principal");
    if (statement.get("NotPrincipal").isPresent() || principal.isEmpty()) {
      grantees.add(new Everyone("it lets in everybody but those whom it names", where));
    } else {
      ConditionReach reach = ConditionReach.of(statement.get("Condition"));
      grantees.addAll(ofPrincipal(principal.get(), reach, where));
    }
    return grantees;
  }

  private static List<Grantee> ofPrincipal(Json principal, ConditionReach reach, String where) {
    if (!(principal instanceof JsonObject kinds)) {
      return everyone("Principal " + Fault.quote(principal), reach, where);
    }
    return kinds.members().entrySet().stream()
        .flatMap(kind ->
            PolicyDocument.elements(kind.getValue()).stream()
                .flatMap(id -> ofId(kind.getKey(), id, reach, where).stream()))
        .toList();
  }

  private static List<Grantee> ofId(String kind, Json json, ConditionReach reach, String where) {
    String shown = kind + " " + Fault.quote(json);
    String id =
        switch (json) {
          case JsonString(String text) -> text;
          case JsonNumber(String text) -> text;
          default -> "*";
        };
    if (id.contains("*") || id.contains("?")) {
      return everyone(shown, reach, where);
    }
    if (kind.equals("Service")) {
      List<Grantee> grantees = new ArrayList<>(named(reach, where));
      grantees.add(new Service(id, grantees.isEmpty(), where));
      return grantees;
    }
    boolean mayBeAccount = kind.equals("AWS") || kind.equals("Federated");
    return (mayBeAccount ? account(id) : Optional.<String>empty())
        .<List<Grantee>>map(account -> List.of(new Account(account, where)))
        .orElseGet(() -> everyone(shown, reach, where));
  }

  private static Optional<String> account(String id) {
    return AccountId.isOne(id)
        ? Optional.of(id)
        : AwsPrincipal.arn(id).map(AwsPrincipal.Arn::account);
  }

  private static List<Grantee> everyone(String shown, ConditionReach reach, String where) {
    List<Grantee> named = named(reach, where);
    return named.isEmpty()
        ? List.of(
            new Everyone(shown + " may be anybody, and no condition holds it to named ones", where))
        : named;
  }

  private static List<Grantee> named(ConditionReach reach, String where) {
    return Stream.concat(
            reach.organizations().stream().<Grantee>map(id -> new Organization(id, where)),
            reach.accounts().stream().<Grantee>map(id -> new Account(id, where)))
        .toList();
  }
}
