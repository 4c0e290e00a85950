/// The schemas of the properties and of ECR's lifecycle policy, as values.
package dev.ecrrepo.schema;
