package dev.ecrrepo.cloudformation;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The hosts that a response may be sent to: whoever can invoke the function chooses the URL, and
/// the function must not be made to reach the Lambda Runtime API, an instance's metadata or anybody
/// else's server.
///
/// https to Amazon S3 under the DNS suffix of an AWS partition is always allowed; not only the
/// buckets that CloudFormation uses today, since a wrong refusal hangs every stack. Everything else
/// only if it is listed.
public final class ResponseHosts {

  /// Read from this environment variable: `host` or `host:port`, separated by commas. A listed
  /// `host:port` may also be plain http, for a receiver on one's own machine; a listed `host` is
  /// https on its standard port.
  public static final String VARIABLE = "ECRREPO_RESPONSE_HOSTS";

  /// The DNS suffixes of all AWS partitions. Written out because asking the SDK for them costs a
  /// cold start 100 ms; a test compares this list with the SDK's.
  static final Set<String> AWS_SUFFIXES =
      Set.of(
          "amazonaws.com",
          "amazonaws.com.cn",
          "amazonaws.eu",
          "c2s.ic.gov",
          "sc2s.sgov.gov",
          "cloud.adc-e.uk",
          "csp.hci.ic.gov");

  private static final int HTTPS_PORT = 443;
  private static final int MAX_HOST_LENGTH = 253;

  private final Set<String> listed;

  private ResponseHosts(Set<String> listed) {
    this.listed = listed;
  }

  /// @param list the variable's value; empty entries and blanks around them are ignored
  public static ResponseHosts of(String list) {
    Set<String> listed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String entry : list.split(",")) {
      if (!entry.isBlank()) {
        listed.add(entry.strip());
      }
    }
    return new ResponseHosts(listed);
  }

  /// @param port as the URL states it, or -1
  boolean allows(String scheme, String host, int port) {
    boolean https = scheme.equals("https");
    if (https && (port == -1 || port == HTTPS_PORT)) {
      return isS3(host.toLowerCase(Locale.ROOT))
          || listed.contains(host)
          || listed.contains(host + ":" + HTTPS_PORT);
    }
    return (https || scheme.equals("http")) && port != -1 && listed.contains(host + ":" + port);
  }

  private static boolean isS3(String host) {
    for (String suffix : AWS_SUFFIXES) {
      if (host.endsWith("." + suffix)) {
        String before = host.substring(0, host.length() - suffix.length() - 1);
        return host.length() <= MAX_HOST_LENGTH && isS3Endpoint(List.of(before.split("\\.", -1)));
      }
    }
    return false;
  }

  /// An endpoint of S3 before the suffix: any labels (such as a bucket), then `s3` or a label that
  /// begins with `s3-`, then what [#isAfterS3] accepts. Hosts of other services, such as
  /// `execute-api`, are not accepted. https://docs.aws.amazon.com/general/latest/gr/s3.html
  private static boolean isS3Endpoint(List<String> labels) {
    for (int i = 0; i < labels.size(); i++) {
      boolean s3 = labels.get(i).equals("s3") || labels.get(i).startsWith("s3-");
      if (s3 && isAfterS3(labels.subList(i + 1, labels.size()))) {
        return true;
      }
    }
    return false;
  }

  /// What may follow `s3`: perhaps `dualstack`, then nothing, a Region, or a Region and `vpce`.
  private static boolean isAfterS3(List<String> labels) {
    int skipped = labels.isEmpty() || !labels.getFirst().equals("dualstack") ? 0 : 1;
    List<String> regionAndVpce = labels.subList(skipped, labels.size());
    return regionAndVpce.size() <= 1
        || (regionAndVpce.size() == 2 && regionAndVpce.getLast().equals("vpce"));
  }
}
