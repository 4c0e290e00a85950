/// The provider of the CloudFormation custom resource `Custom::EcrRepo`.
///
/// Arrows between the packages: `document` ← `cloudformation`, `lifecycle`, `access`; `lifecycle`,
/// `access` ← `properties` ← `repository`; all may use `logging`, which uses none; this package
/// sees all, none sees it.
package dev.ecrrepo;
