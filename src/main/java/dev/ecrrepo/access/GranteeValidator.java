package dev.ecrrepo.access;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.identifier.AccountId;
import dev.ecrrepo.identifier.OrganizationId;
import dev.ecrrepo.identifier.PrincipalArn;
import dev.ecrrepo.policy.LambdaStatement;
import java.util.Optional;
import java.util.regex.Pattern;

/// Checks that a grantee is of the kind that its list holds. If not, the remedy names the list that
/// it belongs to.
///
/// @param grant its path, `Access.Pull`
/// @param hasOrganizations whether the grant has lists for organizations and principals
record GranteeValidator(JsonPath grant, boolean hasOrganizations, String partition) {

  private static final Pattern WITHOUT_ORGANIZATION =
      Pattern.compile("(?:r|ou)-[a-z0-9-]++(?:/.*+)?+");

  private static final String EXAMPLE_PATH = "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*";

  static GranteeValidator ofAllKinds(JsonPath grant, String partition) {
    return new GranteeValidator(grant, true, partition);
  }

  /// Of a grant that has AccountIds only.
  static GranteeValidator ofAccountsOnly(JsonPath grant, String partition) {
    return new GranteeValidator(grant, false, partition);
  }

  Optional<Fault> accountId(JsonPath where, String value) {
    if (AccountId.isValid(value)) {
      return Optional.empty();
    }
    boolean meansAccount =
        AccountId.looksLikeOne(value)
            || PrincipalArn.parse(value).filter(PrincipalArn::isRoot).isPresent();
    Optional<String> remedy = meansAccount ? Optional.empty() : remedyForOtherKind(value);
    return Optional.of(
        remedy.isEmpty()
            ? AccountId.fault(value, where)
            : Fault.at(
                where, Fault.quote(value) + " is not an account ID of 12 digits", remedy.get()));
  }

  Optional<Fault> principalArn(JsonPath where, String value) {
    Optional<PrincipalArn> principal = PrincipalArn.parse(value);
    if (principal.isEmpty()) {
      return Optional.of(
          Fault.at(
              where,
              Fault.quote(value) + " is not the ARN of a user, a role or an account",
              remedyForOtherKind(value)
                  .orElse(
                      "Write one like arn:%s:iam::111122223333:role/ci.".formatted(partition))));
    }
    return principal.get().fault(partition, where, value);
  }

  Optional<Fault> organizationId(JsonPath where, String value) {
    return OrganizationId.isValid(value)
        ? Optional.empty()
        : Optional.of(
            Fault.at(
                where,
                Fault.quote(value) + " is not the ID of an organization",
                remedyForOtherKind(value).orElse("Write one like o-a1b2c3d4e5.")));
  }

  Optional<Fault> organizationPath(JsonPath where, String value) {
    if (OrganizationId.isPath(value)) {
      return Optional.empty();
    }
    String problem = " is not a path in an organization";
    String remedy = "Write one like " + EXAMPLE_PATH + ".";
    if (WITHOUT_ORGANIZATION.matcher(value).matches()) {
      problem = " is a path without its organization";
      remedy = "Write the whole path from the organization's ID on, like " + EXAMPLE_PATH + ".";
    } else if (OrganizationId.ofPath(value)
        .filter(id -> value.startsWith(id + "/ou-"))
        .isPresent()) {
      problem = " is a path without its root";
      remedy = "Write the root between the organization and its units, like " + EXAMPLE_PATH + ".";
    } else if (!value.endsWith("/") && OrganizationId.isPath(value + "/")) {
      problem = " does not end with /, so it matches nobody";
      remedy =
          "Write \"%s/*\" for this unit and all units below it, or \"%s/\" for its own accounts only."
              .formatted(value, value);
    } else if (OrganizationId.ofPath(value).isEmpty()) {
      remedy = remedyForOtherKind(value).orElse(remedy);
    }
    return Optional.of(Fault.at(where, Fault.quote(value) + problem, remedy));
  }

  /// Lambda states the function in `aws:SourceArn`, which its own grant checks.
  static Optional<Fault> service(JsonPath where, String value) {
    return value.equals(LambdaStatement.SERVICE)
        ? Optional.of(
            Fault.at(
                where,
                Fault.quote(value) + " has its own grant",
                "Remove it, and write Access.Lambda.AccountIds."))
        : Optional.empty();
  }

  /// The remedy for a value of another kind: the list that it belongs to.
  private Optional<String> remedyForOtherKind(String value) {
    if (value.equals("*")) {
      return Optional.of(
          hasOrganizations
              ? "Name the accounts, or for all accounts of an organization its ID under %s.OrganizationIds."
                  .formatted(grant)
              : "Name the accounts.");
    }
    if (AccountId.isValid(value)) {
      return Optional.of("Move it to %s.AccountIds.".formatted(grant));
    }
    if (!hasOrganizations) {
      return Optional.empty();
    }
    if (AccountId.looksLikeOne(value)) {
      return Optional.of("Move it to %s.AccountIds, all 12 digits in quotes.".formatted(grant));
    }
    if (value.startsWith("arn:")) {
      return PrincipalArn.parse(value).map(_ -> "Move it to %s.PrincipalArns.".formatted(grant));
    }
    if (OrganizationId.isValid(value)) {
      return Optional.of("Move it to %s.OrganizationIds.".formatted(grant));
    }
    if (OrganizationId.ofPath(value).isPresent()) {
      return Optional.of("Move it to %s.OrganizationPaths.".formatted(grant));
    }
    if (WITHOUT_ORGANIZATION.matcher(value).matches()) {
      return Optional.of(
          "Move it to %s.OrganizationPaths, as a whole path like %s."
              .formatted(grant, EXAMPLE_PATH));
    }
    if (PrincipalArn.isUniqueId(value)) {
      return Optional.of(
          "It is the unique ID of a user or role. A policy keeps this ID after the user or role is"
              + " deleted. Write the ARN of one that exists, or remove it.");
    }
    if (value.endsWith(".amazonaws.com")) {
      return Optional.of(
          value.equals(LambdaStatement.SERVICE)
              ? "Write the accounts of the functions under Access.Lambda.AccountIds."
              : "For a service that pulls images, write it under Access.Pull.Services.");
    }
    return Optional.empty();
  }
}
