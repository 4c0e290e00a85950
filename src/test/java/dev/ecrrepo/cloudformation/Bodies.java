package dev.ecrrepo.cloudformation;

/// For tests of other packages: what is sent to CloudFormation.
public final class Bodies {

  private Bodies() {}

  /// The body of a response, in UTF-8.
  public static byte[] of(String stackId, String logicalId, Response response) {
    Event event =
        Events.create().with("StackId", stackId).with("LogicalResourceId", logicalId).read();
    return ResponseBody.of(event, response, "log stream abc of /aws/lambda/ecrrepo").bytes();
  }
}
