/// The protocol of CloudFormation's custom resources: request in, exactly one response out. Knows
/// no ECR.
package dev.ecrrepo.cloudformation;
