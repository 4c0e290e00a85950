package dev.ecrrepo.policy;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A value of `Principal.AWS`, in its forms.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
final class AwsPrincipal {

  private static final Pattern ARN =
      Pattern.compile("arn:([a-z0-9-]++):(iam|sts)::(\\d{12}):(.++)", Pattern.DOTALL);
  private static final Pattern UNIQUE_ID = Pattern.compile("A(?:IDA|ROA)[A-Z0-9]{12,124}+");
  private static final Pattern NAMED =
      Pattern.compile(
          "root|(?:role|user)/[\\w+=,.@/-]++|assumed-role/[\\w+=,.@-]++/[\\w+=,.@-]++"
              + "|federated-user/[\\w+=,.@-]++");

  /// IAM's own bound for an ARN.
  private static final int LONGEST = 2048;

  private AwsPrincipal() {}

  /// An ARN in its parts.
  ///
  /// @param name `root`, `role/…`, `user/…`, `assumed-role/…`, `federated-user/…` or something else
  record Arn(String partition, String service, String account, String name) {
    boolean isRoot() {
      return service.equals("iam") && name.equals("root");
    }

    /// Whether it is of a kind that a policy may name, and names exactly one.
    boolean isPrincipal() {
      return NAMED.matcher(name).matches()
          && service.equals(name.startsWith("assumed") || name.startsWith("fed") ? "sts" : "iam");
    }
  }

  static Optional<Arn> arn(String text) {
    Matcher arn = ARN.matcher(text);
    return text.length() <= LONGEST && arn.matches()
        ? Optional.of(new Arn(arn.group(1), arn.group(2), arn.group(3), arn.group(4)))
        : Optional.empty();
  }

  /// What keeps an ARN from being a principal of a policy in this partition.
  static Optional<Fault> fault(Arn arn, String partition, JsonPath where, String value) {
    if (!arn.partition().equals(partition)) {
      return Optional.of(
          Fault.at(
              where,
              "%s is of partition %s, and this repository is of %s; no policy reaches across"
                  .formatted(Fault.quote(value), arn.partition(), partition),
              "Name a principal of partition %s, like arn:%s:iam::111122223333:role/ci."
                  .formatted(partition, partition)));
    }
    if (value.contains("*") || value.contains("?")) {
      return Optional.of(
          Fault.at(
              where,
              Fault.quote(value) + " has a wildcard, and ECR takes none in a principal's ARN",
              "Name each principal, or the account %s as a whole.".formatted(arn.account())));
    }
    if (!arn.isPrincipal()) {
      return Optional.of(
          Fault.at(
              where,
              Fault.quote(value)
                  + (arn.name().startsWith("group/")
                      ? " is a group, and a policy cannot grant to a group"
                      : " is not the ARN of a user, a role or an account"),
              "Name the user, the role, or the account %s as a whole.".formatted(arn.account())));
    }
    return Optional.empty();
  }

  static String root(String partition, String account) {
    return "arn:" + partition + ":iam::" + account + ":root";
  }

  /// An account by its ID where it stands as the ARN of its root; anything else as it is.
  static String brief(String text) {
    return arn(text).filter(Arn::isRoot).map(Arn::account).orElse(text);
  }

  /// The unique ID that IAM prints once a user or role is deleted: `AIDA…`, `AROA…`.
  static boolean isUniqueId(String text) {
    return UNIQUE_ID.matcher(text).matches();
  }
}
