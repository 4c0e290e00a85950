package dev.ecrrepo.logging;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.MDC;

/// Writes metrics as one log line in CloudWatch's embedded metric format, so that no call to AWS is
/// needed. The unit is Count, and each metric has the dimension `FunctionName`.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
public final class Metrics {

  public static final String NAMESPACE = "CustomEcrRepo";

  private final Map<String, String> dimensions = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  /// Takes the function's name from the logging context (MDC), where Powertools sets it.
  public Metrics() {
    this(String.valueOf(MDC.get("function_name")));
  }

  public Metrics(String functionName) {
    dimensions.put("FunctionName", functionName);
  }

  /// Adds a dimension to all metrics of this line.
  public Metrics dimension(String name, String value) {
    dimensions.put(name, value);
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
    // A StringBuilder, because other ways load more classes at a cold start. The names are
    // constants,
    // so only values of dimensions are escaped.
    StringBuilder line = new StringBuilder();
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
