package dev.ecrrepo.policy;

/// To whom a repository policy grants access, as far as the policy tells.
public sealed interface Grantee {

  /// A principal of this account, or the account as a whole.
  ///
  /// @param id 12 digits
  record Account(String id) implements Grantee {}

  /// A user or role that the policy names by its unique ID, which does not tell the account.
  record PrincipalOfUnknownAccount(String uniqueId) implements Grantee {}

  /// Any principal of this organization, or of a part of it.
  record Organization(String id) implements Grantee {}

  /// Anybody, or an unknown set of accounts.
  ///
  /// @param why a clause for the author: `Principal "*" may be anybody`
  /// @param remedy a sentence with what the author can write instead
  record Everyone(String why, String remedy) implements Grantee {}
}
