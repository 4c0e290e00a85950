package dev.ecrrepo.access;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.validation.CheckedObject;
import dev.ecrrepo.validation.Decoded;
import dev.ecrrepo.wording.MistypedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `Access` into grants, and reports what the schema cannot know.
final class AccessReader {

  private final String partition;
  private final Optional<String> repositoryName;
  private final List<Fault> faults = new ArrayList<>();

  private AccessReader(String partition, Optional<String> repositoryName) {
    this.partition = partition;
    this.repositoryName = repositoryName;
  }

  /// What is wrong with one value of a list.
  @FunctionalInterface
  private interface Check {
    Optional<Fault> fault(JsonPath where, String value);
  }

  /// The grants, also of values that are at fault.
  ///
  /// @param repositoryName if the template states one
  static Decoded<List<Grant>> read(
      CheckedObject access, String partition, Optional<String> repositoryName) {
    AccessReader reader = new AccessReader(partition, repositoryName);
    return new Decoded<>(reader.grants(access), reader.faults);
  }

  private List<Grant> grants(CheckedObject access) {
    if (access.values().isEmpty()) {
      faults.add(
          Fault.at(
              access.path(),
              "grants nothing",
              "Add Pull, Push, Delete, Read, Lambda or PullThroughCache, or remove Access."));
    }
    List<Grant> grants = new ArrayList<>();
    for (String name : access.values().members().keySet()) {
      access.object(name).flatMap(grant -> grant(name, grant)).ifPresent(grants::add);
    }
    return grants;
  }

  private Optional<Grant> grant(String name, CheckedObject grant) {
    return switch (name) {
      case "Pull" -> Optional.of(new Grant.Pull(grantees(grant), services(grant)));
      case "Push" -> Optional.of(new Grant.Push(grantees(grant)));
      case "Delete" -> Optional.of(new Grant.Delete(grantees(grant)));
      case "Read" -> Optional.of(new Grant.Read(grantees(grant)));
      case "Lambda" -> Optional.of(new Grant.Lambda(accounts(grant)));
      case "PullThroughCache" -> pullThroughCache(grant);
      default -> throw new IllegalStateException("the schema has Access." + name);
    };
  }

  private StatedGrantees grantees(CheckedObject grant) {
    if (grant.values().isEmpty()) {
      faults.add(
          Fault.at(
              grant.path(),
              "grants to nobody",
              "Add AccountIds, PrincipalArns, OrganizationIds or OrganizationPaths, or remove"
                  + " it."));
    }
    GranteeValidator check = GranteeValidator.ofAllKinds(grant.path(), partition);
    return new StatedGrantees(
        values(grant, "AccountIds", check::accountId),
        values(grant, "PrincipalArns", check::principalArn),
        values(grant, "OrganizationIds", check::organizationId),
        values(grant, "OrganizationPaths", check::organizationPath));
  }

  /// AWS services, which need the accounts for which they act.
  private List<String> services(CheckedObject grant) {
    if (grant.states("Services") && !grant.states("AccountIds")) {
      faults.add(
          Fault.at(
              grant.path("Services"),
              "names no accounts for which the services act",
              "Add AccountIds: [!Ref AWS::AccountId] for your own account, or name others."));
    }
    return values(grant, "Services", GranteeValidator::service);
  }

  private List<String> accounts(CheckedObject grant) {
    return values(
        grant, "AccountIds", GranteeValidator.ofAccountsOnly(grant.path(), partition)::accountId);
  }

  /// With prefixes, the grant is for the repositories only that a pull-through cache rule fills;
  /// for others it makes no statement.
  private Optional<Grant> pullThroughCache(CheckedObject grant) {
    List<String> accounts = accounts(grant);
    List<String> prefixes =
        values(grant, "RepositoryPrefixes", (_, _) -> Optional.empty()).stream()
            .map(prefix -> prefix.endsWith("*") ? prefix.substring(0, prefix.length() - 1) : prefix)
            .toList();
    if (!prefixes.isEmpty() && repositoryName.isEmpty()) {
      faults.add(
          Fault.at(
              grant.path("RepositoryPrefixes"),
              "is about the repository's name, and the template states none",
              "Add RepositoryName, or remove RepositoryPrefixes."));
    }
    boolean applies =
        prefixes.isEmpty() || prefixes.stream().anyMatch(repositoryName.orElse("")::startsWith);
    return applies ? Optional.of(new Grant.PullThroughCache(accounts)) : Optional.empty();
  }

  private List<String> values(CheckedObject grant, String name, Check check) {
    List<String> values = new ArrayList<>();
    for (CheckedObject.Text text : grant.texts(name)) {
      check
          .fault(text.path(), text.value())
          .map(fault -> mistyped(text, check).orElse(fault))
          .ifPresent(faults::add);
      values.add(text.value());
    }
    return values;
  }

  private static Optional<Fault> mistyped(CheckedObject.Text text, Check check) {
    return MistypedText.explain(
        text.value(), text.path(), other -> check.fault(text.path(), other).isEmpty());
  }
}
