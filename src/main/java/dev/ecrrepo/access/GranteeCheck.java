package dev.ecrrepo.access;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.policy.AccountId;
import dev.ecrrepo.policy.AwsPrincipal;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether a grantee is what its list holds, and if not, what it was meant for.
///
/// @param at the grant, `Access.Pull`
/// @param organizations whether the grant has lists for organizations and principals
record GranteeCheck(JsonPath at, boolean organizations, String partition) {

  private static final String ID = "o-[a-z0-9]{10,32}+";
  private static final Pattern ORGANIZATION = Pattern.compile(ID);
  private static final Pattern PATH =
      Pattern.compile(
          ID + "/(?:\\*|r-[a-z0-9]{4,32}+/(?:ou-[a-z0-9]{4,32}+-[a-z0-9]{8,32}+/)*+\\*?+)");
  private static final Pattern WITHOUT_ORGANIZATION =
      Pattern.compile("(?:r|ou)-[a-z0-9-]++(?:/.*+)?+");
  private static final Pattern WITHOUT_ROOT = Pattern.compile(ID + "/ou-.*+");
  private static final Pattern IN_ORGANIZATION = Pattern.compile(ID + "/.*+");

  Optional<Fault> accountId(JsonPath where, String value) {
    if (AccountId.isOne(value)) {
      return Optional.empty();
    }
    boolean another =
        !AccountId.isMeant(value)
            && AwsPrincipal.arn(value).filter(AwsPrincipal.Arn::isRoot).isEmpty();
    return Optional.of(
        belongs(value)
            .filter(_ -> another)
            .map(remedy ->
                Fault.at(where, Fault.quote(value) + " is not an account ID of 12 digits", remedy))
            .orElseGet(() -> AccountId.fault(value, where)));
  }

  Optional<Fault> principalArn(JsonPath where, String value) {
    Optional<AwsPrincipal.Arn> arn = AwsPrincipal.arn(value);
    if (arn.isEmpty()) {
      return Optional.of(
          Fault.at(
              where,
              Fault.quote(value) + " is not the ARN of a user, a role or an account",
              belongs(value)
                  .orElse(
                      "Write one like arn:%s:iam::111122223333:role/ci.".formatted(partition))));
    }
    return AwsPrincipal.fault(arn.get(), partition, where, value);
  }

  Optional<Fault> organizationId(JsonPath where, String value) {
    return is(ORGANIZATION, value)
        ? Optional.empty()
        : Optional.of(
            Fault.at(
                where,
                Fault.quote(value) + " is not the ID of an organization",
                belongs(value).orElse("Write one like o-a1b2c3d4e5.")));
  }

  Optional<Fault> organizationPath(JsonPath where, String value) {
    if (is(PATH, value)) {
      return Optional.empty();
    }
    String problem = " is not a path in an organization";
    String remedy = "Write one like o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*.";
    if (is(WITHOUT_ORGANIZATION, value)) {
      problem = " is a path without its organization";
      remedy =
          "Write the whole path from the organization's ID on, like"
              + " o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*.";
    } else if (is(WITHOUT_ROOT, value)) {
      problem = " is a path without its root";
      remedy =
          "Write the root between the organization and its units, like"
              + " o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*.";
    } else if (!value.endsWith("/") && is(PATH, value + "/")) {
      problem = " does not end with /, so that it matches nobody";
      remedy =
          "Write \"%s/*\" for this unit and all below, \"%s/\" for its own accounts only."
              .formatted(value, value);
    } else {
      remedy = belongs(value).orElse(remedy);
    }
    return Optional.of(Fault.at(where, Fault.quote(value) + problem, remedy));
  }

  private static boolean is(Pattern pattern, String value) {
    return pattern.matcher(value).matches();
  }

  /// The list that a value of another kind is for.
  private Optional<String> belongs(String value) {
    if (value.equals("*")) {
      return Optional.of(
          organizations
              ? "Name the accounts, or for all accounts of an organization its ID under %s.OrganizationIds."
                  .formatted(at)
              : "Name the accounts.");
    }
    if (AccountId.isOne(value)) {
      return Optional.of("Move it to %s.AccountIds.".formatted(at));
    }
    if (!organizations) {
      return Optional.empty();
    }
    if (AccountId.isMeant(value)) {
      return Optional.of("Move it to %s.AccountIds, all 12 digits in quotes.".formatted(at));
    }
    if (value.startsWith("arn:")) {
      return AwsPrincipal.arn(value).map(_ -> "Move it to %s.PrincipalArns.".formatted(at));
    }
    if (is(ORGANIZATION, value)) {
      return Optional.of("Move it to %s.OrganizationIds.".formatted(at));
    }
    if (is(IN_ORGANIZATION, value)) {
      return Optional.of("Move it to %s.OrganizationPaths.".formatted(at));
    }
    if (value.endsWith(".amazonaws.com")) {
      return Optional.of(
          "For Lambda functions of other accounts use Access.Lambda; other services belong in"
              + " RepositoryPolicyText.");
    }
    return Optional.empty();
  }
}
