/// What the second function tells: what a deployment would do ([dev.ecrrepo.report.PlanReport]),
/// and which repositories differ from what was last applied ([dev.ecrrepo.report.DriftReport]).
///
/// It changes nothing, and the provider loads none of it.
package dev.ecrrepo.report;
