package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.lambda.powertools.cloudformation.AbstractCustomResourceHandler;
import software.amazon.lambda.powertools.cloudformation.Response;

/**
 * A provider as it is commonly written in Java: AWS's base class for custom resources, the SDK as
 * it comes, no safeguards.
 */
public class Handler extends AbstractCustomResourceHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Handler.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  // Made in the initialisation phase, as AWS advises. It reads AWS_ENDPOINT_URL_ECR by itself.
  private final EcrClient ecr = EcrClient.create();

  @Override
  protected Response create(CloudFormationCustomResourceEvent event, Context context) {
    Response response;
    try {
      response = answer(event);
    } catch (Exception e) {
      LOG.error("Unable to create the repository", e);
      return Response.builder()
          .status(Response.Status.FAILED)
          .physicalResourceId("failed")
          .reason(e.getMessage())
          .build();
    }
    LOG.info("Created {}", response.getPhysicalResourceId());
    return response;
  }

  @Override
  protected Response update(CloudFormationCustomResourceEvent event, Context context) {
    throw new UnsupportedOperationException("Only Create is measured");
  }

  @Override
  protected Response delete(CloudFormationCustomResourceEvent event, Context context) {
    throw new UnsupportedOperationException("Only Create is measured");
  }

  private Response answer(CloudFormationCustomResourceEvent event) throws JsonProcessingException {
    JsonNode wanted = JSON.valueToTree(event.getResourceProperties());
    String name = wanted.get("RepositoryName").asText();
    List<Tag> tags = new ArrayList<>();
    wanted
        .get("Tags")
        .forEach(each -> tags.add(tag(each.get("Key").asText(), each.get("Value").asText())));
    tags.add(tag("ecrrepo:managed-by", "Custom::EcrRepo"));
    tags.add(tag("ecrrepo:stack-id", event.getStackId()));
    tags.add(tag("ecrrepo:logical-id", event.getLogicalResourceId()));
    tags.add(tag("ecrrepo:created-by", event.getRequestId()));

    Repository made =
        ecr.createRepository(request ->
                request
                    .repositoryName(name)
                    .imageTagMutability(wanted.get("ImageTagMutability").asText())
                    .imageScanningConfiguration(scanning ->
                        scanning.scanOnPush(
                            wanted.at("/ImageScanningConfiguration/ScanOnPush").asBoolean()))
                    .encryptionConfiguration(
                        encryption -> encryption.encryptionType(EncryptionType.AES256))
                    .tags(tags))
            .repository();
    String lifecyclePolicy = wanted.at("/LifecyclePolicy/LifecyclePolicyText").toString();
    ecr.putLifecyclePolicy(
        request -> request.repositoryName(name).lifecyclePolicyText(lifecyclePolicy));
    String repositoryPolicy = wanted.get("RepositoryPolicyText").toString();
    ecr.setRepositoryPolicy(request -> request.repositoryName(name).policyText(repositoryPolicy));

    return Response.builder()
        .status(Response.Status.SUCCESS)
        .physicalResourceId(name)
        .value(attributes(name, made))
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static Map<String, String> attributes(String name, Repository made)
      throws JsonProcessingException {
    String region = made.repositoryArn().split(":")[3];
    List<String> source = List.of("aws.ecr", "aws.inspector2");
    Map<String, ?> completed =
        Map.of(
            "source", source,
            "resources", List.of(made.repositoryArn()),
            "detail", Map.of("scan-status", List.of("COMPLETE", "INITIAL_SCAN_COMPLETE")));
    Map<String, ?> counted =
        Map.of(
            "scan-status", List.of("COMPLETE"),
            "repository-name", List.of(name),
            "finding-severity-counts",
                Map.of("CRITICAL", List.of(Map.of("numeric", List.of(">", 0)))));
    Map<String, ?> image = Map.of("repositoryName", List.of(name));
    Map<String, ?> finding =
        Map.of(
            "severity", List.of("CRITICAL"),
            "status", List.of("ACTIVE"),
            "resources", Map.of("details", Map.of("awsEcrContainerImage", image)));
    Map<String, ?> critical =
        Map.of("source", source, "detail", Map.of("$or", List.of(counted, finding)));
    return Map.ofEntries(
        Map.entry("RepositoryUri", made.repositoryUri()),
        Map.entry("RepositoryUrl", made.repositoryUri()),
        Map.entry("Arn", made.repositoryArn()),
        Map.entry("RepositoryName", name),
        Map.entry("RegistryId", made.registryId()),
        Map.entry("RegistryUri", made.repositoryUri().split("/")[0]),
        Map.entry("DualStackUri", made.registryId() + ".dkr-ecr." + region + ".on.aws/" + name),
        Map.entry("EncryptionType", made.encryptionConfiguration().encryptionTypeAsString()),
        Map.entry(
            "KmsKey", Objects.requireNonNullElse(made.encryptionConfiguration().kmsKey(), "")),
        Map.entry("ImageScanCompletedEventPattern", JSON.writeValueAsString(completed)),
        Map.entry("CriticalFindingEventPattern", JSON.writeValueAsString(critical)));
  }
}
