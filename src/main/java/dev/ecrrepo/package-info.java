/// The provider of the CloudFormation custom resource `Custom::EcrRepo`.
///
/// Arrows between the packages: `document` ← `cloudformation`, `lifecycle`, `access`; `lifecycle`,
/// `access` ← `properties` ← `repository`; `attributes` tells what `repository` found; `report`
/// reads and plans and changes nothing; all may use `logging` and `process`, which use none; this
/// package sees all, none sees it.
package dev.ecrrepo;
