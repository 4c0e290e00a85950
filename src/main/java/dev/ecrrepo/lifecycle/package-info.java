/// Lifecycle policies: from the properties to ECR's rules. Makes no call.
package dev.ecrrepo.lifecycle;
