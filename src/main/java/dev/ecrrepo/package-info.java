/// The provider of the CloudFormation custom resource `Custom::EcrRepo`.
///
/// Arrows between the packages: `document` ← `schema` ← `wording` ← `validation` ← `lifecycle`,
/// `access` ← `properties` ← `repository` ← `plan`, `ecr` ← `reconciliation`; `document` ←
/// `identifier` ← `policy` ← `access`; `document` ← `cloudformation`. `report` reads and plans and
/// changes nothing. This package uses all of them; none uses it. `HouseTest` has the whole table.
package dev.ecrrepo;
