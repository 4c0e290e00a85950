package dev.ecrrepo.policy;

/// Who may use a policy.
public sealed interface Grantee {

  /// A principal of this account, or the account as a whole.
  ///
  /// @param id 12 digits, or the unique ID of a user or role whose account it does not tell
  record Account(String id) implements Grantee {}

  /// Any principal of this organization, or of a part of it.
  record Organization(String id) implements Grantee {}

  /// Anybody, or an unknown set of accounts.
  ///
  /// @param why a clause for the author: `Principal "*" may be anybody`
  /// @param remedy a sentence with what the author can write instead
  record Everyone(String why, String remedy) implements Grantee {}
}
