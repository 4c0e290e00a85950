package dev.ecrrepo.attributes;

/// What EventBridge is told to wait for, whichever scanning the registry has switched on: basic
/// scanning speaks through Amazon ECR, enhanced scanning through Amazon Inspector.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-events.html
///
/// Each pattern names the repository as seldom as the events allow, and no field that the others
/// already imply: with the longest names the whole response has little room left.
final class ScanEvents {

  private ScanEvents() {}

  /// An image's scan is complete; with enhanced scanning its first one, later ones send findings.
  /// Both services name the repository's ARN, though in `repository-name` one writes the name and
  /// the other the ARN.
  static String completed(String arn) {
    return """
    {"source":["aws.ecr","aws.inspector2"],"resources":["%s"],\
    "detail":{"scan-status":["COMPLETE","INITIAL_SCAN_COMPLETE"]}}\
    """
        .formatted(arn);
  }

  /// A basic scan that counts critical findings, or a critical finding that Inspector opens: it
  /// sends one for each, also when a vulnerability becomes known long after the push. The count in
  /// its scan event would only repeat them.
  static String critical(String name) {
    return """
    {"source":["aws.ecr","aws.inspector2"],"detail":{"$or":[\
    {"scan-status":["COMPLETE"],"repository-name":["%s"],\
    "finding-severity-counts":{"CRITICAL":[{"numeric":[">",0]}]}},\
    {"severity":["CRITICAL"],"status":["ACTIVE"],\
    "resources":{"details":{"awsEcrContainerImage":{"repositoryName":["%s"]}}}}]}}\
    """
        .formatted(name, name);
  }
}
