package dev.ecrrepo.logging;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;

/// A number for CloudWatch in its embedded metric format: a log line that becomes a metric, with no
/// call to AWS.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
///
/// @param name in the namespace `CustomEcrRepo`, with the dimension `FunctionName`; its unit is
///   Count
public record Metric(String name, long value, String functionName) {

  public static final String NAMESPACE = "CustomEcrRepo";

  /// Prints the line to standard output.
  public void print(Instant at) {
    StandardOutput.print(line(at));
  }

  String line(Instant at) {
    // Joined by hand: String.format costs a cold start some milliseconds of class loading.
    return "{\"_aws\":{\"Timestamp\":"
        + at.toEpochMilli()
        + ",\"CloudWatchMetrics\":[{\"Namespace\":\""
        + NAMESPACE
        + "\",\"Dimensions\":[[\"FunctionName\"]],\"Metrics\":[{\"Name\":\""
        + name
        + "\",\"Unit\":\"Count\"}]}]},\"FunctionName\":\""
        + quoted(functionName)
        + "\",\""
        + name
        + "\":"
        + value
        + "}\n";
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
