package dev.ecrrepo.identifier;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import java.util.Optional;
import java.util.regex.Pattern;

/// An ARN of IAM or STS, such as that of a role, a session or an account's root, as in
/// `Principal.AWS`.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
///
/// @param resource `root`, `role/…`, `user/…`, `assumed-role/…`, `federated-user/…` or something
///   else
public record PrincipalArn(String partition, String service, String account, String resource) {

  private static final Pattern UNIQUE_ID = Pattern.compile("A(?:IDA|ROA)[A-Z0-9]{12,124}+");
  private static final Pattern OF_IAM = Pattern.compile("root|(?:role|user)/[\\w+=,.@/-]++");
  private static final Pattern OF_STS =
      Pattern.compile("assumed-role/[\\w+=,.@-]++/[\\w+=,.@-]++|federated-user/[\\w+=,.@-]++");

  /// @return empty unless it is an ARN of IAM or STS without a Region and with an account ID
  public static Optional<PrincipalArn> parse(String text) {
    return Arn.parse(text)
        .filter(arn ->
            (arn.service().equals("iam") || arn.service().equals("sts"))
                && arn.region().isEmpty()
                && AccountId.isValid(arn.account()))
        .map(
            arn -> new PrincipalArn(arn.partition(), arn.service(), arn.account(), arn.resource()));
  }

  public boolean isRoot() {
    return service.equals("iam") && resource.equals("root");
  }

  /// Whether a policy may name this kind of principal. False if the ARN has a wildcard.
  boolean isAllowedInPolicies() {
    Pattern allowed = service.equals("iam") ? OF_IAM : OF_STS;
    return allowed.matcher(resource).matches();
  }

  /// What keeps an ARN from being a principal of a policy in this partition.
  ///
  /// @param value the ARN as it was written
  public Optional<Fault> fault(String ownPartition, JsonPath where, String value) {
    if (!partition.equals(ownPartition)) {
      return Optional.of(
          Fault.at(
              where,
              "%s is in partition %s, and this repository is in partition %s; a policy cannot name a principal of another partition"
                  .formatted(Fault.quote(value), partition, ownPartition),
              "Name a principal of partition %s, like arn:%s:iam::111122223333:role/ci."
                  .formatted(ownPartition, ownPartition)));
    }
    if (value.contains("*") || value.contains("?")) {
      return Optional.of(
          Fault.at(
              where,
              Fault.quote(value) + " has a wildcard, and ECR accepts none in a principal's ARN",
              "Name each principal, or the account %s as a whole.".formatted(account)));
    }
    if (!isAllowedInPolicies()) {
      return Optional.of(
          Fault.at(
              where,
              Fault.quote(value)
                  + (resource.startsWith("group/")
                      ? " is a group, and a policy cannot grant to a group"
                      : " is not the ARN of a user, a role or an account"),
              "Name the user, the role, or the account %s as a whole.".formatted(account)));
    }
    return Optional.empty();
  }

  public static String root(String partition, String account) {
    return "arn:" + partition + ":iam::" + account + ":root";
  }

  /// The account ID if the text is the ARN of an account's root; any other text as it is.
  public static String accountOfRoot(String text) {
    return parse(text).filter(PrincipalArn::isRoot).map(PrincipalArn::account).orElse(text);
  }

  /// Whether it is the unique ID (`AIDA…`, `AROA…`) that IAM shows in a policy in place of the ARN
  /// of a deleted user or role.
  public static boolean isUniqueId(String text) {
    return UNIQUE_ID.matcher(text).matches();
  }
}
