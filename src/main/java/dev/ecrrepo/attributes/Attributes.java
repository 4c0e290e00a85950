package dev.ecrrepo.attributes;

import dev.ecrrepo.identifier.Arn;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `Fn::GetAtt` offers: always the same keys, all strings; none needs a further call.
public final class Attributes {

  private Attributes() {}

  public static Map<String, String> of(ObservedRepository repository) {
    String name = repository.name();
    Map<String, String> attributes = new LinkedHashMap<>();
    // AWS::ECR::Repository has RepositoryUri; Terraform and Pulumi have RepositoryUrl.
    attributes.put("RepositoryUri", repository.uri());
    attributes.put("RepositoryUrl", repository.uri());
    attributes.put("Arn", repository.arn());
    attributes.put("RepositoryName", name);
    attributes.put("RegistryId", repository.registryId());
    attributes.put("RegistryUri", registryUri(repository));
    attributes.put("DualStackUri", dualStackUri(repository));
    attributes.put("EncryptionType", repository.encryption().type());
    attributes.put("KmsKey", repository.encryption().kmsKey().orElse(""));
    attributes.put("ImageScanCompletedEventPattern", ScanEventPatterns.completed(repository.arn()));
    attributes.put("CriticalFindingEventPattern", ScanEventPatterns.critical(name));
    return attributes;
  }

  /// The host alone, for docker login.
  private static String registryUri(ObservedRepository repository) {
    return repository.uri().substring(0, repository.uri().indexOf('/'));
  }

  /// The repository's URI on the host that answers on IPv4 and IPv6; empty in partitions without
  /// one. https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
  private static String dualStackUri(ObservedRepository repository) {
    return Arn.parse(repository.arn())
        .filter(arn -> arn.partition().equals("aws") || arn.partition().equals("aws-us-gov"))
        .map(arn ->
            "%s.dkr-ecr.%s.on.aws/%s"
                .formatted(repository.registryId(), arn.region(), repository.name()))
        .orElse("");
  }
}
