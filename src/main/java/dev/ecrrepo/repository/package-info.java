/// The reconciliation of one repository: observe, plan, apply. The only package that calls ECR.
package dev.ecrrepo.repository;
