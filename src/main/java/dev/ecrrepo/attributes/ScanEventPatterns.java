package dev.ecrrepo.attributes;

/// EventBridge event patterns for the results of image scans. They match basic scanning, which
/// sends events as Amazon ECR, and enhanced scanning, which sends them as Amazon Inspector.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-events.html
///
/// The patterns are short, because the whole response is limited to 4,096 bytes: they name the
/// repository as rarely as possible, and no field that follows from another.
final class ScanEventPatterns {

  private ScanEventPatterns() {}

  /// The scan of an image is complete; with enhanced scanning, the first one. Both services state
  /// the repository's ARN under `resources`. Under `repository-name` one states the name, the other
  /// the ARN.
  static String completed(String arn) {
    return """
    {"source":["aws.ecr","aws.inspector2"],"resources":["%s"],\
    "detail":{"scan-status":["COMPLETE","INITIAL_SCAN_COMPLETE"]}}\
    """
        .formatted(arn);
  }

  /// A basic scan with critical findings, or an active critical finding of Inspector. Inspector
  /// sends an event for each finding, also if a vulnerability becomes known long after the push.
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
