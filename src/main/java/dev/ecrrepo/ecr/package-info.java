/// The calls to Amazon ECR. Besides this package, only `report.ReportGateway` and the wiring know
/// the SDK of ECR.
package dev.ecrrepo.ecr;
