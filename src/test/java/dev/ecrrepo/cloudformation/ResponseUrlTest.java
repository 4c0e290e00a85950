package dev.ecrrepo.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

class ResponseUrlTest {

  private static final ResponseHosts NONE = ResponseHosts.of("");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant SIGNED = Instant.parse("2026-11-20T09:59:00Z");

  private static String refusal(String url, ResponseHosts hosts) {
    return assertThrows(UnansweredException.class, () -> ResponseUrl.parse(url, hosts))
        .getMessage();
  }

  @Test
  void allPartitionsOfTheSdkAreKnown() {
    Set<String> suffixes =
        Region.regions().stream()
            .map(region -> PartitionMetadata.of(region).dnsSuffix())
            .collect(Collectors.toSet());
    assertTrue(suffixes.size() > 4, suffixes::toString);
    assertEquals(suffixes, ResponseHosts.AWS_SUFFIXES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Events.URL,
        "https://bucket.s3.eu-central-1.amazonaws.com/x",
        "https://bucket.s3-us-west-2.amazonaws.com/x",
        "https://s3-us-west-2.amazonaws.com/bucket/x",
        "https://bucket.s3.dualstack.eu-west-1.amazonaws.com/x",
        "https://bucket.s3-fips.dualstack.us-gov-west-1.amazonaws.com/x",
        "https://bucket.vpce-0a1b-2c3d.s3.eu-west-1.vpce.amazonaws.com/x",
        "https://bucket.s3.cn-north-1.amazonaws.com.cn/x",
        "https://bucket.s3.us-iso-east-1.c2s.ic.gov/x",
        "HTTPS://BUCKET.S3.AMAZONAWS.COM/x",
        "https://bucket.s3.amazonaws.com:443/x",
      })
  void hostsOfAwsAreTaken(String url) {
    assertEquals(url.replace("HTTPS", "https"), ResponseUrl.parse(url, NONE).url().toString());
  }

  @ParameterizedTest
  @DisplayName("M24, M25: everything else is refused")
  @ValueSource(
      strings = {
        "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
        "http://169.254.169.254/latest/meta-data/",
        "https://evil/cloudformation-custom-resource-response-useast1",
        "https://evil.example/cloudformation-custom-resource-response-useast1.s3.amazonaws.com/x",
        "https://bucket.s3.amazonaws.com.evil.example/x",
        "https://evilamazonaws.com/x",
        "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/x",
        "https://s3-mine-123.eu-west-1.elb.amazonaws.com/x",
        "https://s3-mine-123.elb.eu-west-1.amazonaws.com/x",
        "https://sqs.eu-west-1.amazonaws.com/x",
        "https://s3.eu-west-1.rds.amazonaws.com/x",
        "https://amazonaws.com/x",
        "https://bucket.s3.amazonaws.com./x",
        "https://bucket.s3.amazonaws.com:8443/x",
        "https://bucket.s3.amazonaws.com@evil.example/x",
        "https://evil.example#.s3.amazonaws.com/x",
        "https://evil.example\\.s3.amazonaws.com/x",
        "https://user@bucket.s3.amazonaws.com/x",
        "http://bucket.s3.amazonaws.com/x",
        "ftp://bucket.s3.amazonaws.com/x",
        "file:///etc/passwd",
        "jar:https://bucket.s3.amazonaws.com/x!/",
        "https:///x",
        "bucket.s3.amazonaws.com",
        "https://[::1]/x",
        "https://%62ucket.s3.amazonaws.com/x",
        "not a URL",
      })
  void everythingElseIsRefused(String url) {
    assertTrue(refusal(url, NONE).contains("Nothing was changed"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080/x, true",
    "https://127.0.0.1:8080/x, true",
    "http://127.0.0.1:9001/x, false",
    "http://127.0.0.1/x, false",
    "https://receiver.example/x, true",
    "https://RECEIVER.example:443/x, true",
    "https://receiver.example:8443/x, false",
    "http://receiver.example/x, false",
    "http://receiver.example:80/x, false",
    "ftp://127.0.0.1:8080/x, false",
    "https://other.example/x, false",
  })
  void aListedHostIsTakenAsItIsListed(String url, boolean taken) {
    ResponseHosts hosts = ResponseHosts.of(" 127.0.0.1:8080, receiver.example ,,");
    if (taken) {
      assertEquals(url, ResponseUrl.parse(url, hosts).url().toString());
    } else {
      assertTrue(refusal(url, hosts).contains("refused"));
    }
  }

  @ParameterizedTest
  @DisplayName("M72: no message and no print of a URL contains its signature")
  @ValueSource(
      strings = {
        "https://evil.example/?s=",
        "ht tp://x/",
        "https://x.s3.amazonaws.com/|?",
        "nope:",
        "",
        "https://u@x/"
      })
  void nothingPrintsTheSignature(String beginning) {
    assertFalse(refusal(beginning + Events.SIGNATURE, NONE).contains(Events.SIGNATURE));
    assertFalse(ResponseUrl.parse(Events.URL, NONE).toString().contains(Events.SIGNATURE));
  }

  private static Optional<Instant> goodUntil(String query, Duration timeout) {
    return ResponseUrl.parse("https://x.s3.amazonaws.com/a" + query, NONE)
        .responseDeadline(timeout);
  }

  @Test
  void cloudFormationListensForTheServiceTimeoutFromTheSigningOn() {
    assertEquals(
        Optional.of(SIGNED.plusSeconds(1800)),
        ResponseUrl.parse(Events.URL, NONE).responseDeadline(Duration.ofMinutes(30)));
    assertEquals(Optional.of(SIGNED.plus(HOUR)), goodUntil("?X-Amz-Date=20261120T095900Z", HOUR));
  }

  @Test
  void aSignatureThatEndsEarlierIsTheLimit() {
    assertEquals(
        Optional.of(SIGNED.plusSeconds(600)),
        goodUntil("?X-Amz-Expires=600&X-Amz-Date=20261120T095900Z", HOUR));
  }

  @Test
  void theOlderSignatureTellsItsEndOnly() {
    assertEquals(
        Optional.of(Instant.ofEpochSecond(1_795_000_000L)),
        goodUntil("?AWSAccessKeyId=A&Expires=1795000000&Signature=s", HOUR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "?X-Amz-Date=",
        "?X-Amz-Date=2026-11-20T09:59Z",
        "?X-Amz-Date=20261320T095900Z",
        "?X-Amz-Date=2026112xT095900Z",
        "?X-Amz-Expires=60",
        "?Expires=soon",
        "?Expires=99999999999999999999",
        "?Expires=-1",
        "?NotExpires=1"
      })
  void anUnreadableSigningTimeIsNone(String query) {
    assertEquals(Optional.empty(), goodUntil(query, HOUR));
  }
}
