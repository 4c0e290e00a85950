package dev.ecrrepo.access;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `Access` into grants. The schema says what is wrong with names, kinds and the lengths of
/// lists, so here such a part yields no fault, but no grants either; this adds what the schema
/// cannot say.
final class AccessReader {

  private static final JsonPath ACCESS = JsonPath.of("Access");

  private final String partition;
  private final Optional<String> repositoryName;
  private final List<Fault> faults;
  private boolean shapely = true;

  /// @param repositoryName if the template states one
  AccessReader(String partition, Optional<String> repositoryName, List<Fault> faults) {
    this.partition = partition;
    this.repositoryName = repositoryName;
    this.faults = faults;
  }

  /// What is wrong with one value of a list.
  @FunctionalInterface
  private interface Check {
    Optional<Fault> fault(JsonPath where, String value);
  }

  /// Empty if any part is wrong: half of what somebody wanted is not what they wanted.
  Optional<List<Grant>> read(Json access) {
    int before = faults.size();
    List<Grant> grants = new ArrayList<>();
    if (!(access instanceof JsonObject members)) {
      return Optional.empty();
    }
    if (members.isEmpty()) {
      faults.add(
          Fault.at(
              ACCESS,
              "grants nothing",
              "Add Pull, Push, Read, Lambda or PullThroughCache, or remove Access."));
    }
    members.members().forEach((name, value) -> grant(name, value).ifPresent(grants::add));
    return shapely && faults.size() == before ? Optional.of(grants) : Optional.empty();
  }

  /// Whatever of it can be read, right or wrong.
  List<Grant> readAny(Json access) {
    List<Grant> grants = new ArrayList<>();
    if (access instanceof JsonObject members) {
      members.members().forEach((name, value) -> grant(name, value).ifPresent(grants::add));
    }
    return grants;
  }

  private Optional<Grant> grant(String name, Json value) {
    JsonPath at = ACCESS.member(name);
    if (!(value instanceof JsonObject grant)) {
      return misshapen(Optional.empty());
    }
    return switch (name) {
      case "Pull" -> Optional.of(new Grant.Pull(grantees(at, grant)));
      case "Push" -> Optional.of(new Grant.Push(grantees(at, grant)));
      case "Read" -> Optional.of(new Grant.Read(grantees(at, grant)));
      case "Lambda" -> Optional.of(new Grant.Lambda(accounts(at, grant)));
      case "PullThroughCache" -> pullThroughCache(at, grant);
      default -> misshapen(Optional.empty());
    };
  }

  private Grantees grantees(JsonPath at, JsonObject grant) {
    if (grant.isEmpty()) {
      faults.add(
          Fault.at(
              at,
              "grants to nobody",
              "Add AccountIds, PrincipalArns, OrganizationIds or OrganizationPaths, or remove"
                  + " it."));
    }
    GranteeCheck check = new GranteeCheck(at, true, partition);
    return new Grantees(
        list(at, grant, "AccountIds", check::accountId),
        list(at, grant, "PrincipalArns", check::principalArn),
        list(at, grant, "OrganizationIds", check::organizationId),
        list(at, grant, "OrganizationPaths", check::organizationPath));
  }

  private List<String> accounts(JsonPath at, JsonObject grant) {
    return list(at, grant, "AccountIds", new GranteeCheck(at, false, partition)::accountId);
  }

  /// With prefixes, the grant is for the repositories only that a pull-through cache rule fills;
  /// for others it makes no statement.
  private Optional<Grant> pullThroughCache(JsonPath at, JsonObject grant) {
    List<String> accounts = accounts(at, grant);
    List<String> prefixes =
        list(at, grant, "RepositoryPrefixes", (_, _) -> Optional.empty()).stream()
            .map(prefix -> prefix.endsWith("*") ? prefix.substring(0, prefix.length() - 1) : prefix)
            .toList();
    if (!prefixes.isEmpty() && repositoryName.isEmpty()) {
      faults.add(
          Fault.at(
              at.member("RepositoryPrefixes"),
              "is about the repository's name, and the template states none",
              "Add RepositoryName, or remove RepositoryPrefixes."));
    }
    boolean applies =
        prefixes.isEmpty() || prefixes.stream().anyMatch(repositoryName.orElse("")::startsWith);
    return applies ? Optional.of(new Grant.PullThroughCache(accounts)) : Optional.empty();
  }

  private List<String> list(JsonPath grant, JsonObject members, String name, Check check) {
    if (!(members.get(name).orElse(Json.array(List.of())) instanceof JsonArray(var elements))) {
      return misshapen(List.of());
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      JsonPath where = grant.member(name).element(i);
      text(elements.get(i))
          .ifPresent(text -> {
            check.fault(where, text).ifPresent(faults::add);
            values.add(text);
          });
    }
    return values;
  }

  private Optional<String> text(Json value) {
    return switch (value) {
      case JsonString(String text) -> Optional.of(text);
      case JsonNumber(String text) -> Optional.of(text);
      default -> misshapen(Optional.empty());
    };
  }

  private <T> T misshapen(T instead) {
    shapely = false;
    return instead;
  }
}
