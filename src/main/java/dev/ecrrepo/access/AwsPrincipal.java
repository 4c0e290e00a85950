package dev.ecrrepo.access;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A value of `Principal.AWS`, in its forms.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
final class AwsPrincipal {

  private static final Pattern ARN =
      Pattern.compile("arn:([a-z0-9-]+):(iam|sts)::(\\d{12}):(.+)", Pattern.DOTALL);
  private static final Pattern NAMED =
      Pattern.compile(
          "root|(role|user)/[\\w+=,.@/-]+|assumed-role/[\\w+=,.@-]+/[\\w+=,.@-]+"
              + "|federated-user/[\\w+=,.@-]+");

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
    return arn.matches()
        ? Optional.of(new Arn(arn.group(1), arn.group(2), arn.group(3), arn.group(4)))
        : Optional.empty();
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
    return text.matches("A(IDA|ROA)[A-Z0-9]{12,124}");
  }
}
