package dev.ecrrepo.access;

import java.util.List;

/// To whom a grant of `Access` goes. If the reader reported no fault, every value is valid and at
/// least one list has an element.
///
/// @param accountIds whole accounts: their administrators decide who in them
/// @param principalArns users, roles, sessions, federated users, or an account's root
/// @param organizationIds `o-…`: every principal of every account there
/// @param organizationPaths `o-…/r-…/ou-…/`, or with `*` at the end for all below
record StatedGrantees(
    List<String> accountIds,
    List<String> principalArns,
    List<String> organizationIds,
    List<String> organizationPaths) {

  StatedGrantees {
    accountIds = List.copyOf(accountIds);
    principalArns = List.copyOf(principalArns);
    organizationIds = List.copyOf(organizationIds);
    organizationPaths = List.copyOf(organizationPaths);
  }
}
