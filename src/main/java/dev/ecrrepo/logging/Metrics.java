package dev.ecrrepo.logging;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.MDC;

/// Numbers for CloudWatch in its embedded metric format: a log line that becomes metrics, with no
/// call to AWS. Their namespace is `CustomEcrRepo`, their unit Count, and each has the dimension
/// `FunctionName`.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
public final class Metrics {

  public static final String NAMESPACE = "CustomEcrRepo";

  private final Map<String, String> dimensions = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  /// Of the function whose invocation the logging context describes.
  public Metrics() {
    this(String.valueOf(MDC.get("function_name")));
  }

  public Metrics(String functionName) {
    dimensions.put("FunctionName", functionName);
  }

  /// All metrics of this line have this dimension as well.
  public Metrics by(String dimension, String value) {
    dimensions.put(dimension, value);
    return this;
  }

  public Metrics count(String name, long value) {
    counts.put(name, value);
    return this;
  }

  /// Prints the line to standard output.
  public void print(Instant at) {
    StandardOutput.print(line(at));
  }

  String line(Instant at) {
    // Joined by hand: String.format costs a cold start some milliseconds of class loading.
    StringBuilder line = new StringBuilder(400);
    line.append("{\"_aws\":{\"Timestamp\":").append(at.toEpochMilli());
    line.append(",\"CloudWatchMetrics\":[{\"Namespace\":\"").append(NAMESPACE);
    line.append("\",\"Dimensions\":[[");
    String comma = "";
    for (String dimension : dimensions.keySet()) {
      line.append(comma).append('"').append(dimension).append('"');
      comma = ",";
    }
    line.append("]],\"Metrics\":[");
    comma = "";
    for (String name : counts.keySet()) {
      line.append(comma).append("{\"Name\":\"").append(name).append("\",\"Unit\":\"Count\"}");
      comma = ",";
    }
    line.append("]}]}");
    for (Map.Entry<String, String> each : dimensions.entrySet()) {
      line.append(",\"").append(each.getKey()).append("\":\"");
      JsonStringEncoder.getInstance().quoteAsString(each.getValue(), line);
      line.append('"');
    }
    for (Map.Entry<String, Long> each : counts.entrySet()) {
      line.append(",\"").append(each.getKey()).append("\":").append(each.getValue());
    }
    return line.append("}\n").toString();
  }
}
