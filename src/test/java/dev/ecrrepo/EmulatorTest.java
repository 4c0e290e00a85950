package dev.ecrrepo;

import static dev.ecrrepo.Story.failed;
import static dev.ecrrepo.Story.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.cloudformation.PhysicalId;
import dev.ecrrepo.cloudformation.Provider;
import dev.ecrrepo.cloudformation.Request;
import dev.ecrrepo.cloudformation.Response;
import dev.ecrrepo.ecr.FakeEcr;
import dev.ecrrepo.identifier.StackId;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.repository.RepositoryName;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.time.TimeLeft;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;

/// The provider against an ECR that others wrote, over HTTP, through the real SDK.
///
/// Where the emulator (moto) is not like ECR: it checks no permission and no throttle; it prints a
/// policy as it was given, while ECR reformats it (the normal forms have their own tests); its
/// lifecycle grammar is older than archiving, so no rule here archives; it deletes at once.
@Tag("emulator")
class EmulatorTest {

  private static final Schema SCHEMA = Schema.load();
  private static final List<String> CALLS = Collections.synchronizedList(new ArrayList<>());
  private static Process emulator;
  private static EcrClient ecr;

  private int requests;

  @BeforeAll
  static void start() throws IOException {
    emulator =
        new ProcessBuilder(System.getenv("MOTO_SERVER"), "-p", "0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output = emulator.inputReader(StandardCharsets.UTF_8);
    String url = output.readLine();
    ecr =
        EcrClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create(url.strip()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(o -> o.addExecutionInterceptor(new Recorder()))
            .build();
  }

  @AfterAll
  static void stop() {
    ecr.close();
    emulator.destroy();
  }

  private static final class Recorder implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      CALLS.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    }
  }

  private static List<String> writes() {
    List<String> writes = CALLS.stream().filter(FakeEcr::isWrite).toList();
    CALLS.clear();
    return writes;
  }

  @Test
  void aLifeFromCreationToDeletion() {
    String full =
        """
        {'RepositoryName': 'life/one', 'Profile': 'Production',
         'ImageTagMutability': 'IMMUTABLE_WITH_EXCLUSION',
         'ImageTagMutabilityExclusionFilters': [
           {'ImageTagMutabilityExclusionFilterType': 'WILDCARD',
            'ImageTagMutabilityExclusionFilterValue': 'dev-*'}],
         'ProtectedTags': ['release-*'], 'MaxImageCount': '200',
         'Access': {'Pull': {'AccountIds': ['111111111111']}, 'Lambda': {'AccountIds': ['222222222222']}},
         'Tags': [{'Key': 'team', 'Value': 'blue'}]}
        """;
    CALLS.clear();
    assertEquals("life/one", succeeded(create("One", full)).physicalId());
    assertEquals(3, writes().size());
    var repository =
        ecr.describeRepositories(r -> r.repositoryNames("life/one")).repositories().getFirst();
    assertEquals("IMMUTABLE_WITH_EXCLUSION", repository.imageTagMutabilityAsString());
    assertTrue(repository.imageScanningConfiguration().scanOnPush());
    succeeded(update("One", "life/one", full, full));
    assertEquals(List.of(), writes(), "the second run");

    String bare = "{'RepositoryName': 'life/one'}";
    succeeded(update("One", "life/one", full, bare));
    assertEquals(
        List.of(
            "DeleteRepositoryPolicy",
            "PutImageTagMutability",
            "PutLifecyclePolicy",
            "TagResource",
            "UntagResource"),
        writes().stream().sorted().toList());
    succeeded(update("One", "life/one", bare, full));
    succeeded(update("One", "life/one", full, full));
    CALLS.clear();
    succeeded(update("One", "life/one", full, full));
    assertEquals(List.of(), writes(), "after going there and back");

    succeeded(delete("One", "life/one", full));
    assertThrows(
        EcrException.class, () -> ecr.describeRepositories(r -> r.repositoryNames("life/one")));
  }

  @Test
  void adoptionAndRelease() {
    ecr.createRepository(r -> r.repositoryName("life/native"));
    String adopt = "{'RepositoryName': 'life/native', 'AdoptExisting': 'true'}";
    succeeded(create("Two", adopt));
    succeeded(delete("Two", "life/native", adopt));
    var found =
        ecr.describeRepositories(r -> r.repositoryNames("life/native")).repositories().getFirst();
    assertEquals(
        List.of(), ecr.listTagsForResource(r -> r.resourceArn(found.repositoryArn())).tags());
  }

  @Test
  void anImageKeepsItsRepositoryUntilDeletionIsForced() {
    succeeded(create("Three", "{'RepositoryName': 'life/images'}"));
    ecr.putImage(r ->
        r.repositoryName("life/images")
            .imageTag("v1")
            .imageManifest(
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                    + "\"config\":{},\"layers\":[]}"));
    String reason = failed(delete("Three", "life/images", "{'EmptyOnDelete': 'false'}"));
    assertTrue(reason.contains("still contains images"), reason);
    succeeded(delete("Three", "life/images", "{'EmptyOnDelete': 'true'}"));
  }

  @Test
  @DisplayName("M71: fifty stacks at once")
  void manyAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
      List<Future<Response>> responses = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String logicalId = "Many" + i;
        responses.add(threads.submit(() -> create(logicalId, "{}")));
      }
      for (Future<Response> response : responses) {
        succeeded(response.get());
      }
    }
    assertEquals(
        50,
        ecr.describeRepositories(r -> r.maxResults(1000)).repositories().stream()
            .filter(r -> r.repositoryName().startsWith("shop-many"))
            .count());
  }

  private Response create(String logicalId, String properties) {
    return handle(new Request.Create(context(logicalId), Story.json(properties)));
  }

  private Response update(String logicalId, String id, String old, String properties) {
    return handle(
        new Request.Update(context(logicalId), id(id), Story.json(properties), Story.json(old)));
  }

  private Response delete(String logicalId, String id, String properties) {
    return handle(new Request.Delete(context(logicalId), id(id), Story.json(properties)));
  }

  private synchronized Request.Context context(String logicalId) {
    return new Request.Context(
        "emulated-" + ++requests,
        StackId.parse(Story.STACK.replace("eu-west-1", "us-east-1")).orElseThrow(),
        logicalId,
        Optional.of(Instant.parse("2026-03-01T12:00:00Z").plusSeconds(requests)));
  }

  private static PhysicalId id(String text) {
    return PhysicalId.parse(text, RepositoryName::isValid);
  }

  private static Response handle(Request request) {
    Guardrails guardrails =
        ((ProviderParameters.Valid)
                ProviderParameters.of(Map.of("ECRREPO_ALLOW_ADOPTION", "true"), Schema.load()))
            .guardrails();
    Provider provider =
        Wiring.provider(
            InvokedFunction.of("arn:aws:lambda:us-east-1:123456789012:function:f", false),
            guardrails,
            SCHEMA,
            ecr);
    return provider.handle(request, new TimeLeft(() -> Duration.ofMinutes(5), () -> true));
  }
}
