package dev.ecrrepo.access;

/// Whom a policy lets in.
public sealed interface Grantee {

  /// A principal of this account, or the account as a whole.
  record Account(String id, String where) implements Grantee {}

  /// Any principal of this organization, or of a part of it.
  record Organization(String id, String where) implements Grantee {}

  /// A service of AWS.
  ///
  /// @param name `lambda.amazonaws.com`
  /// @param onBehalfOfAnyone no condition says for whose resources it acts: whoever uses the
  ///   service gets in through it. Otherwise those are grantees of their own
  record Service(String name, boolean onBehalfOfAnyone, String where) implements Grantee {}

  /// Everybody, or so wide that nobody can say who.
  ///
  /// @param why a clause for the author: `"*" is everybody`
  record Everyone(String why, String where) implements Grantee {}

  /// The property that says so: `Access.Pull`, `RepositoryPolicyText.Statement[2]`.
  String where();
}
