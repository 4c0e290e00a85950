package dev.ecrrepo;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `Fn::GetAtt` offers: always the same keys, all strings, none at the price of a call.
final class Attributes {

  private Attributes() {}

  static Map<String, String> of(ObservedRepository repository) {
    String name = repository.name();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("RepositoryUri", repository.uri());
    attributes.put("RepositoryUrl", repository.uri());
    attributes.put("Arn", repository.arn());
    attributes.put("RepositoryName", name);
    attributes.put("RegistryId", repository.registryId());
    attributes.put("RegistryUri", registryUri(repository));
    attributes.put("DualStackUri", dualStackUri(repository));
    attributes.put("EncryptionType", repository.encryption().type().name());
    attributes.put("KmsKey", repository.encryption().kmsKey().orElse(""));
    attributes.put("ImageScanCompletedEventPattern", scanCompleted(name).toString());
    attributes.put("CriticalFindingEventPattern", criticalFinding(name).toString());
    return attributes;
  }

  /// The host alone, for docker login.
  private static String registryUri(ObservedRepository repository) {
    return repository.uri().substring(0, repository.uri().indexOf('/'));
  }

  /// The host that answers on IPv4 and IPv6; empty in partitions without one.
  /// https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
  private static String dualStackUri(ObservedRepository repository) {
    String[] arn = repository.arn().split(":", -1);
    String partition = arn[1];
    return partition.equals("aws") || partition.equals("aws-us-gov")
        ? "%s.dkr-ecr.%s.on.aws/%s".formatted(repository.registryId(), arn[3], repository.name())
        : "";
  }

  /// Basic scanning's events.
  /// https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
  private static JsonObject scanCompleted(String name) {
    return imageScan(Map.of(), name);
  }

  /// A completed basic scan that counts at least one critical finding.
  private static JsonObject criticalFinding(String name) {
    return imageScan(
        Map.of(
            "finding-severity-counts",
            Json.object(
                Map.of(
                    "CRITICAL",
                    Json.array(
                        List.of(
                            Json.object(
                                Map.of(
                                    "numeric", Json.array(List.of(Json.of(">"), Json.of(0)))))))))),
        name);
  }

  private static JsonObject imageScan(Map<String, Json> also, String name) {
    Map<String, Json> detail = new LinkedHashMap<>();
    detail.put("repository-name", Json.strings(List.of(name)));
    detail.put("scan-status", Json.strings(List.of("COMPLETE")));
    detail.putAll(also);
    Map<String, Json> pattern = new LinkedHashMap<>();
    pattern.put("source", Json.strings(List.of("aws.ecr")));
    pattern.put("detail-type", Json.strings(List.of("ECR Image Scan")));
    pattern.put("detail", Json.object(detail));
    return Json.object(pattern);
  }
}
