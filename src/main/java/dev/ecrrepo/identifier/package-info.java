/// Identifiers of AWS: ARNs, accounts, organizations, principals, stacks and KMS keys; the pattern
/// of each stands here once.
package dev.ecrrepo.identifier;
