package dev.ecrrepo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.ecr.FakeEcr;
import dev.ecrrepo.time.Times;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewResponse;

/// Both reports through the handler, about repositories that the provider itself made.
class ReportHandlerTest {

  private static final String NAMED = "{'RepositoryName': 'shop/a'}";

  private final Story story = new Story();
  private final FakeEcr ecr = story.ecr;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void theProvidersChangesAreThoseThatThePlanTold() {
    for (String[] update :
        new String[][] {
          {NAMED, "{'RepositoryName': 'shop/a', 'ImageTagMutability': 'MUTABLE'}"},
          {NAMED, "{'RepositoryName': 'shop/a', 'Tags': [{'Key': 'Team', 'Value': 'a'}]}"},
          {NAMED, "{'RepositoryName': 'shop/a', 'Profile': 'Native'}"},
          {
            NAMED,
            "{'RepositoryName': 'shop/a', 'Access': {'Pull': {'AccountIds': ['111111111111']}}}"
          },
          {NAMED, "{'RepositoryName': 'shop/b'}"},
        }) {
      Story own = new Story();
      Story.succeeded(own.create("Repo", update[0]));
      own.ecr.previews(counted(0));
      own.ecr.calls();
      JsonObject plan = plan(own.ecr, "shop/a", update[0], update[1]);
      assertEquals(List.of(), own.ecr.writes(), "a report changes nothing");
      Story.succeeded(own.update("Repo", "shop/a", update[0], update[1]));
      List<String> made = own.ecr.writes().stream().sorted().toList();
      List<String> told = operations(plan);
      assertEquals(withoutRecord(made, plan), told, update[1]);
    }
  }

  @Test
  void aNewRepositoryIsCreatedWithItsPolicies() {
    JsonObject plan = plan("", "", NAMED);
    assertEquals(List.of("CreateRepository", "PutLifecyclePolicy"), operations(plan));
    assertEquals(Json.of(false), plan.get("exists").orElseThrow());
    assertTrue(plan.get("images").isEmpty(), "a new repository has no images");
  }

  @Test
  void faultsComeAllAtOnceAndNothingIsCalled() {
    JsonObject plan = plan("", "", "{'RepositoryNam': 'x', 'MaxImageCount': '0'}");
    assertEquals(2, list(plan, "faults").size());
    assertEquals(List.of(), ecr.calls());
  }

  @Test
  void objectionsAreToldBesideTheChanges() {
    environment.put("ECRREPO_NAME_PREFIX", "team/");
    environment.put("ECRREPO_REQUIRE_IMMUTABLE_TAGS", "true");
    JsonObject plan = plan("", "", "{'RepositoryName': 'shop/a', 'ImageTagMutability': 'MUTABLE'}");
    assertEquals(2, list(plan, "objections").size());
    assertEquals(List.of("CreateRepository", "PutLifecyclePolicy"), operations(plan));
  }

  @Test
  void aRequiredTagThatIsNoLongerStatedStaysAsInTheUpdate() {
    String tagged = "{'RepositoryName': 'shop/a', 'Tags': [{'Key': 'Team', 'Value': 'a'}]}";
    Story.succeeded(story.create("Repo", tagged));
    environment.put("ECRREPO_REQUIRED_TAGS", "Team");
    JsonObject plan = plan("shop/a", tagged, NAMED);
    assertEquals(List.of(), operations(plan));
    assertTrue(list(plan, "warnings").toString().contains("They stay"), plan::toString);
  }

  @Test
  void aRepositoryOfOthersIsARefusalWithoutChanges() {
    ecr.foreign("shop/a", Map.of());
    JsonObject plan = plan("", "", NAMED);
    assertTrue(plan.string("refusal").orElseThrow().contains("shop/a exists already"));
    assertTrue(plan.get("changes").isEmpty());
  }

  @Test
  void aNewLifecyclePolicyIsPreviewedOnce() {
    Story.succeeded(story.create("Repo", NAMED));
    ecr.previews(counted(7));
    JsonObject plan = plan("shop/a", NAMED, "{'RepositoryName': 'shop/a', 'MaxImageCount': '5'}");
    assertEquals("{\"expiring\":7,\"archiving\":0}", plan.get("images").orElseThrow().toString());
    assertEquals(1, calls("StartLifecyclePolicyPreview"));
  }

  @Test
  void anUnchangedLifecyclePolicyIsNotPreviewed() {
    Story.succeeded(story.create("Repo", NAMED));
    plan("shop/a", NAMED, "{'RepositoryName': 'shop/a', 'ImageTagMutability': 'MUTABLE'}");
    assertEquals(0, calls("StartLifecyclePolicyPreview"));
  }

  @Test
  void whereOnlyTheRecordWouldBeWrittenThereIsNoChange() {
    Story.succeeded(story.create("Repo", NAMED));
    JsonObject plan =
        plan("shop/a", NAMED, "{'RepositoryName': 'shop/a', 'ServiceTimeout': '1800'}");
    assertEquals(List.of(), list(plan, "changes"));
    assertEquals(Json.of(true), plan.get("writesRecord").orElseThrow());
  }

  @Test
  void aRenameTellsWhatBecomesOfTheOldRepository() {
    Story.succeeded(story.create("Repo", NAMED));
    JsonObject plan = plan("shop/a", NAMED, "{'RepositoryName': 'shop/b'}");
    JsonObject removal = (JsonObject) plan.get("removal").orElseThrow();
    assertEquals("shop/a", removal.string("repository").orElseThrow());
    assertTrue(removal.string("description").orElseThrow().contains("if it contains no images"));
  }

  @Test
  void aRenameThatIsRefusedDeletesNothing() {
    Story.succeeded(story.create("Repo", NAMED));
    Story.succeeded(story.create("Other", "{'RepositoryName': 'shop/b'}"));
    JsonObject plan = plan("shop/a", NAMED, "{'RepositoryName': 'shop/b'}");
    assertTrue(plan.string("refusal").orElseThrow().contains("belongs to resource Other"));
    assertEquals(Optional.empty(), plan.get("removal"));
  }

  @Test
  void aRemovedNameMeansTheGeneratedOneAsForTheProvider() {
    Story.succeeded(story.create("Repo", "{}"));
    String generated = ecr.names().getFirst();
    Story.succeeded(story.update("Repo", generated, "{}", NAMED));
    JsonObject plan = plan("shop/a", NAMED, "{}");
    assertEquals(generated, plan.string("repository").orElseThrow());
    assertEquals(Json.of(true), plan.get("exists").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aRemovedResourceTellsWhetherImagesGoWithIt(String empty) {
    String properties = "{'RepositoryName': 'shop/a', 'EmptyOnDelete': '" + empty + "'}";
    Story.succeeded(story.create("Repo", properties));
    JsonObject removal = (JsonObject) plan("shop/a", properties, "").get("removal").orElseThrow();
    assertEquals(Json.of(true), removal.get("deletes").orElseThrow());
    assertEquals(
        empty.equals("true"),
        removal.string("description").orElseThrow().contains("with all its images"));
  }

  @Test
  void theRepositoryOfAnotherResourceIsNotDeleted() {
    Story.succeeded(story.create("Other", NAMED));
    JsonObject removal = (JsonObject) plan("shop/a", NAMED, "").get("removal").orElseThrow();
    assertEquals(Json.of(false), removal.get("deletes").orElseThrow());
  }

  @Test
  void whatThePoliciesSayBeforeAndAfterIsTold() {
    Story.succeeded(story.create("Repo", NAMED));
    ecr.previews(counted(0));
    JsonObject plan = plan("shop/a", NAMED, "{'RepositoryName': 'shop/a', 'Profile': 'Native'}");
    JsonObject change =
        (JsonObject)
            list(plan, "changes").stream()
                .filter(each -> operation(each).equals("DeleteLifecyclePolicy"))
                .findFirst()
                .orElseThrow();
    assertTrue(change.string("before").orElseThrow().contains("untagged"));
    assertTrue(change.string("after").isEmpty());
  }

  @Test
  void theStackOfAnotherAccountIsNotServed() {
    story.stack(Story.OTHER_ACCOUNT);
    Map<String, Json> request = request("", "", NAMED);
    request.put("StackId", Json.of(Story.OTHER_ACCOUNT));
    String reason =
        assertThrows(IllegalArgumentException.class, () -> report(ecr, Json.object(request)))
            .getMessage();
    assertTrue(reason.contains("999999999999"), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"Report\": \"Deploy\"}",
        "{\"Report\": \"Plan\"}",
        "{\"RequestType\": \"Create\", \"ResponseURL\": \"https://example.com\"}"
      })
  void anythingElseIsRefusedWithoutACall(String request) {
    assertThrows(IllegalArgumentException.class, () -> report(ecr, request));
    assertEquals(List.of(), ecr.calls());
  }

  @Test
  void aMalformedSettingFailsAReportAsItFailsARequest() {
    environment.put("ECRREPO_ALLOW_ADOPTION", "perhaps");
    assertThrows(IllegalArgumentException.class, () -> plan("", "", NAMED));
  }

  @Test
  void driftComparesEveryOwnedRepositoryWithItsRecord() {
    for (String name : List.of("fine", "mutable", "unscanned", "expiring", "open", "closed")) {
      Story.succeeded(
          story.create(
              name,
              "{'RepositoryName': 'shop/"
                  + name
                  + "', 'Access': {'Read': {'AccountIds': ['111111111111']}}}"));
    }
    ecr.foreign("theirs", Map.of("Team", "b"));
    change("mutable", r -> r.imageTagMutability("MUTABLE"));
    change("unscanned", r -> r.imageScanningConfiguration(s -> s.scanOnPush(false)));
    ecr.stored("shop/expiring").lifecyclePolicy = null;
    ecr.stored("shop/open").repositoryPolicy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"ecr:BatchGetImage\"}]}";
    ecr.stored("shop/closed").repositoryPolicy = null;
    ecr.calls();
    JsonObject seen = report(ecr, "{\"Report\": \"Drift\"}");
    assertEquals(List.of(), ecr.writes(), "a report changes nothing");
    assertEquals(
        Map.of(
            "shop/closed", "[\"the repository policy that was applied is gone\"]",
            "shop/expiring", "[\"the lifecycle policy that was applied is gone\"]",
            "shop/mutable", "[\"ImageTagMutability is MUTABLE, but IMMUTABLE was applied\"]",
            "shop/open", "[\"the repository policy is not the one that was applied\"]",
            "shop/unscanned",
                "[\"ImageScanningConfiguration.ScanOnPush is false, but true was applied\"]"),
        differences(seen));
    assertEquals("7", seen.get("lookedAt").orElseThrow().toString());
    assertEquals("7", seen.get("repositories").orElseThrow().toString());
    assertEquals("6", seen.get("owned").orElseThrow().toString());
  }

  @Test
  void whatAResourceDoesNotStateIsNotCompared() {
    Story.succeeded(story.create("Repo", "{'RepositoryName': 'shop/a', 'Profile': 'Native'}"));
    ecr.stored("shop/a").lifecyclePolicy = "{\"rules\":[]}";
    assertEquals(Map.of(), differences(report(ecr, "{\"Report\": \"Drift\"}")));
  }

  @Test
  void withoutARecordNothingIsKnown() {
    Story.succeeded(story.create("Repo", NAMED));
    ecr.stored("shop/a").tags.remove("ecrrepo:applied");
    change("a", r -> r.imageTagMutability("MUTABLE"));
    JsonObject seen = report(ecr, "{\"Report\": \"Drift\"}");
    assertEquals(Map.of(), differences(seen));
    assertEquals("[\"shop/a\"]", seen.get("withoutRecord").orElseThrow().toString());
  }

  @Test
  void aRepositoryInTheMiddleOfADeploymentIsNoDrift() {
    Story.succeeded(story.create("Repo", NAMED));
    change("a", r -> r.imageTagMutability("MUTABLE"));
    // The first look sees the difference; before the second one the deployment has gone on.
    ecr.before("DescribeRepositories", () -> {});
    ecr.before("DescribeRepositories", () -> {});
    ecr.before("DescribeRepositories", () -> change("a", r -> r.imageTagMutability("IMMUTABLE")));
    assertEquals(Map.of(), differences(report(ecr, "{\"Report\": \"Drift\"}")));
  }

  @Test
  void aDifferenceThatCouldNotBeConfirmedIsAProblemAndNoDrift() {
    Story.succeeded(story.create("Repo", NAMED));
    change("a", r -> r.imageTagMutability("MUTABLE"));
    // The first look reads the tags twice; the second one may not read them.
    ecr.before("ListTagsForResource", () -> {});
    ecr.before("ListTagsForResource", () -> {});
    ecr.before(
        "ListTagsForResource",
        () -> ecr.fail("ListTagsForResource", 1, "AccessDeniedException", "no", 400));
    JsonObject seen = report(ecr, "{\"Report\": \"Drift\"}");
    assertEquals(Map.of(), differences(seen));
    assertTrue(
        seen.get("problems").orElseThrow().toString().contains("could not be read a second time"),
        seen.toString());
  }

  @Test
  void whatCannotBeReadIsToldAndDoesNotCount() {
    Story.succeeded(story.create("Repo", NAMED));
    ecr.fail("ListTagsForResource", 1, "AccessDeniedException", "no", 400);
    JsonObject seen = report(ecr, "{\"Report\": \"Drift\"}");
    assertEquals("0", seen.get("lookedAt").orElseThrow().toString());
    assertEquals(1, list(seen, "problems").size());
  }

  @Test
  void whereTheTimeIsTooShortItSaysHowManyItLookedAt() {
    for (int i = 0; i < 6; i++) {
      ecr.foreign("repo" + i, Map.of());
    }
    JsonObject seen = report(ecr, "{\"Report\": \"Drift\"}", Duration.ofSeconds(5));
    assertEquals("0", seen.get("lookedAt").orElseThrow().toString());
    assertEquals("6", seen.get("repositories").orElseThrow().toString());
  }

  private void change(
      String name,
      java.util.function.Consumer<software.amazon.awssdk.services.ecr.model.Repository.Builder>
          change) {
    FakeEcr.Stored stored = ecr.stored("shop/" + name);
    var builder = stored.repository.toBuilder();
    change.accept(builder);
    stored.repository = builder.build();
  }

  private JsonObject plan(String physicalId, String old, String properties) {
    return plan(ecr, physicalId, old, properties);
  }

  private JsonObject plan(FakeEcr of, String physicalId, String old, String properties) {
    return report(of, Json.object(request(physicalId, old, properties)));
  }

  /// An empty text leaves its member out.
  private static Map<String, Json> request(String physicalId, String old, String properties) {
    Map<String, Json> request = new LinkedHashMap<>();
    request.put("Report", Json.of("Plan"));
    request.put("StackId", Json.of(Story.STACK));
    request.put("LogicalResourceId", Json.of("Repo"));
    if (!physicalId.isEmpty()) {
      request.put("PhysicalResourceId", Json.of(physicalId));
    }
    if (!properties.isEmpty()) {
      request.put("ResourceProperties", Story.json(properties));
    }
    if (!old.isEmpty()) {
      request.put("OldResourceProperties", Story.json(old));
    }
    return request;
  }

  private JsonObject report(FakeEcr of, JsonObject request) {
    return report(of, request.toString());
  }

  private JsonObject report(FakeEcr of, String request) {
    return report(of, request, Duration.ofMinutes(15));
  }

  private JsonObject report(FakeEcr of, String request, Duration limit) {
    Context context = mock(Context.class);
    when(context.getInvokedFunctionArn())
        .thenReturn("arn:aws:lambda:eu-west-1:123456789012:function:custom-ecrrepo-reports");
    when(context.getFunctionName()).thenReturn("custom-ecrrepo-reports");
    when(context.getRemainingTimeInMillis()).thenReturn((int) limit.toMillis());
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      new ReportHandler(environment, new ReportWiring(of, Times.sleeping(_ -> {})))
          .handleRequest(
              new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8)), output, context);
      return (JsonObject) Json.parse(output.toString(StandardCharsets.UTF_8));
    } catch (IOException | JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static GetLifecyclePolicyPreviewResponse counted(int expiring) {
    return GetLifecyclePolicyPreviewResponse.builder()
        .status("COMPLETE")
        .summary(summary -> summary.expiringImageTotalCount(expiring))
        .build();
  }

  private static List<String> operations(JsonObject plan) {
    return list(plan, "changes").stream().map(ReportHandlerTest::operation).sorted().toList();
  }

  private static String operation(Json change) {
    return ((JsonObject) change).string("operation").orElseThrow();
  }

  /// Of the calls that the provider made; the record's own is not among the changes.
  private static List<String> withoutRecord(List<String> made, JsonObject plan) {
    List<String> calls = new java.util.ArrayList<>(made);
    if (plan.get("writesRecord").orElseThrow().equals(Json.of(true))) {
      assertTrue(calls.remove("TagResource"));
    }
    return calls;
  }

  private static Map<String, String> differences(JsonObject seen) {
    Map<String, String> differences = new HashMap<>();
    for (Json each : list(seen, "drifted")) {
      JsonObject drifted = (JsonObject) each;
      assertFalse(drifted.string("logicalId").orElseThrow().isEmpty());
      differences.put(
          drifted.string("repository").orElseThrow(),
          drifted.get("differences").orElseThrow().toString());
    }
    return differences;
  }

  private static List<Json> list(JsonObject object, String member) {
    return ((JsonArray) object.get(member).orElseThrow()).elements();
  }

  private long calls(String operation) {
    return ecr.calls().stream().filter(operation::equals).count();
  }
}
