/// The provider of the CloudFormation custom resource `Custom::EcrRepo`.
///
/// Arrows between the packages: `document` ← `cloudformation`, `lifecycle`, `access`; `lifecycle`,
/// `access` ← `properties` ← `repository`; this package sees all, none sees it.
package dev.ecrrepo;
