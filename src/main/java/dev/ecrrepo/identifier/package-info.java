/// Identifiers of AWS: ARNs, accounts, organizations, principals, stacks and KMS keys; the only
/// place that has their patterns.
package dev.ecrrepo.identifier;
