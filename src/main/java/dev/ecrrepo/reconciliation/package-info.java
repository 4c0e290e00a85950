/// Creates, changes, adopts, releases and deletes a repository: observes, plans, applies.
package dev.ecrrepo.reconciliation;
