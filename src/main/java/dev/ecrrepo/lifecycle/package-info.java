/// Lifecycle policies: from an author's wishes to ECR's rules. Pure.
package dev.ecrrepo.lifecycle;
