package dev.ecrrepo.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.plan.ReconcileRequest.Operation;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.PropertyReader;
import dev.ecrrepo.properties.ReadResult;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.NamePrefix;
import dev.ecrrepo.repository.Observation;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.Registry;
import dev.ecrrepo.repository.StackResource;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.schema.Shape.ListShape;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A table of differences and the changes that they call for, each with its reason.
class PlannerTest {

  private static final PropertyReader READER =
      new PropertyReader(Schema.load(), "aws", "eu-west-1", Optional.empty());
  private static final StackResource SELF =
      new StackResource("arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/uuid", "Repo");
  private static final String LIFECYCLE =
      "'LifecyclePolicy': {'LifecyclePolicyText': {'rules': [{'rulePriority': 1, 'selection':"
          + " {'tagStatus': 'any', 'countType': 'imageCountMoreThan', 'countNumber': 5},"
          + " 'action': {'type': 'expire'}}]}}";
  private static final String POLICY =
      "'RepositoryPolicyText': {'Statement': [{'Effect': 'Allow', 'Principal': {'AWS':"
          + " '111111111111'}, 'Action': 'ecr:BatchGetImage'}]}";

  private final Planner planner =
      new Planner(guardrails(true), new Registry("aws", "eu-west-1", Optional.of("123456789012")));

  /// Old properties, new properties, what somebody did to the repository between, the changes.
  static Stream<Arguments> differences() {
    return Stream.of(
        row("nothing changed", "{}", "{}", List.of()),
        row(
            "mutability was stated",
            "{}",
            "{'ImageTagMutability': 'MUTABLE'}",
            List.of("PutImageTagMutability")),
        row(
            "only the exclusions changed",
            "{'ImageTagMutability': 'MUTABLE_WITH_EXCLUSION', " + filters("a*") + "}",
            "{'ImageTagMutability': 'MUTABLE_WITH_EXCLUSION', " + filters("b*") + "}",
            List.of("PutImageTagMutability")),
        row(
            "the order of exclusions means nothing",
            "{'ImageTagMutability': 'MUTABLE_WITH_EXCLUSION', " + filters("a*", "b*") + "}",
            "{'ImageTagMutability': 'MUTABLE_WITH_EXCLUSION', " + filters("b*", "a*") + "}",
            List.of()),
        row(
            "scanning was switched off",
            "{}",
            "{'ImageScanningConfiguration': {'ScanOnPush': 'false'}}",
            List.of("PutImageScanningConfiguration")),
        row(
            "a profile brings all its values",
            "{}",
            "{'Profile': 'Native'}",
            List.of(
                "DeleteLifecyclePolicy", "PutImageTagMutability", "PutImageScanningConfiguration")),
        row(
            "a property beats the profile",
            "{'ImageTagMutability': 'MUTABLE'}",
            "{'Profile': 'Native', 'ImageScanningConfiguration': {'ScanOnPush': 'true'},"
                + " 'ExpireUntaggedAfterDays': '14'}",
            List.of()),
        row(
            "a raw lifecycle policy replaces the profile's",
            "{}",
            "{" + LIFECYCLE + "}",
            List.of("PutLifecyclePolicy")),
        row(
            "a lifecycle policy no longer stated gives way to the profile's",
            "{" + LIFECYCLE + "}",
            "{}",
            List.of("PutLifecyclePolicy")),
        row(
            "without a profile's rules it is removed",
            "{'Profile': 'Native', " + LIFECYCLE + "}",
            "{'Profile': 'Native'}",
            List.of("DeleteLifecyclePolicy")),
        row(
            "a repository policy was stated",
            "{}",
            "{" + POLICY + "}",
            List.of("SetRepositoryPolicy")),
        row(
            "a repository policy is no longer stated",
            "{" + POLICY + "}",
            "{}",
            List.of("DeleteRepositoryPolicy")),
        row(
            "an account and its root are one principal",
            "{" + POLICY + "}",
            "{" + POLICY.replace("111111111111", "arn:aws:iam::111111111111:root") + "}",
            List.of()),
        row("a tag was added", "{}", "{" + tags("a=1") + "}", List.of("TagResource")),
        row(
            "a tag has another value",
            "{" + tags("a=1") + "}",
            "{" + tags("a=2") + "}",
            List.of("TagResource")),
        row("a tag was removed", "{" + tags("a=1") + "}", "{}", List.of("UntagResource")),
        row(
            "a tag was renamed",
            "{" + tags("a=1") + "}",
            "{" + tags("b=1") + "}",
            List.of("UntagResource", "TagResource")),
        row(
            "properties about deletion change nothing now",
            "{}",
            "{'EmptyOnDelete': 'true', 'AdoptExisting': 'true'}",
            List.of()),
        row(
            "the encryption that it has",
            "{}",
            "{'EncryptionConfiguration': {'EncryptionType': 'AES256'}}",
            List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differences")
  void whatDiffersIsChangedAndNothingElse(
      String reason, String old, String now, List<String> changes) {
    ObservedRepository observed = asCreated(old);
    Plan.Proceed plan = proceed(request(false, now, old), new Observation.Owned(observed));
    assertEquals(changes, names(plan), reason);
    ObservedRepository reached = after(observed, plan);
    assertEquals(meaning(asCreated(now)), meaning(reached), "as if created so: " + reason);
    Plan.Proceed next = proceed(request(false, now, now), new Observation.Owned(reached));
    assertEquals(List.of(), names(next), "the plan after " + reason);
  }

  @Test
  void whatSomebodyChangedByHandIsPutRight() {
    ObservedRepository created = asCreated("{" + POLICY + "}");
    ObservedRepository drifted =
        after(
            created,
            Plan.Proceed.ofCreation(
                List.of(
                    List.of(
                        new Change.PutImageScanningConfiguration(false),
                        new Change.PutLifecyclePolicy(LifecyclePolicy.live("{\"rules\":[]}")),
                        new Change.SetRepositoryPolicy(
                            RepositoryPolicy.live("{\"Statement\":[]}"))))));
    assertEquals(
        Set.of("PutImageScanningConfiguration", "PutLifecyclePolicy", "SetRepositoryPolicy"),
        Set.copyOf(
            names(
                proceed(
                    request(false, "{" + POLICY + "}", "{" + POLICY + "}"),
                    new Observation.Owned(drifted)))));
  }

  @Test
  void creationIsOneCallAndThenItsPoliciesAtOnce() {
    Plan.Proceed plan = proceed(request(true, "{" + POLICY + "}", "{}"), new Observation.Absent());
    assertEquals(
        List.of(1, 2), plan.steps().stream().map(List::size).toList(), "calls in each round trip");
  }

  @Test
  void adoptionWritesTheProvidersOwnTagsAndNothingElse() {
    ObservedRepository nobodys = withTags(asCreated("{}"), Map.of());
    Plan.Proceed plan =
        proceed(
            request(true, "{'AdoptExisting': 'true', 'Profile': 'Production'}", "{}"),
            new Observation.Foreign(nobodys));
    var tagged = assertInstanceOf(Change.TagResource.class, plan.changes().getFirst());
    assertEquals(1, plan.changes().size());
    assertEquals(
        Set.of(
            "ecrrepo:managed-by",
            "ecrrepo:stack-id",
            "ecrrepo:logical-id",
            "ecrrepo:adopted",
            "ecrrepo:applied"),
        tagged.tags().keySet());
  }

  @Test
  void anyStateIsReachedFromAnyOtherInOnePlan() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String old = wish(random);
      String now = wish(random);
      ObservedRepository observed = asCreated(old);
      Plan plan = planner.plan(request(false, now, old), new Observation.Owned(observed));
      String told = "seed " + seed + ": " + old + " → " + now;
      Plan.Proceed proceed = assertInstanceOf(Plan.Proceed.class, plan, told);
      ObservedRepository reached = after(observed, proceed);
      assertEquals(meaning(asCreated(now)), meaning(reached), told);
      assertEquals(
          List.of(),
          names(proceed(request(false, now, now), new Observation.Owned(reached))),
          told);
      // And back again, as a rollback does it.
      Plan.Proceed back = proceed(request(false, old, now), new Observation.Owned(reached));
      assertEquals(
          List.of(),
          names(proceed(request(false, old, old), new Observation.Owned(after(reached, back)))),
          "back: " + told);
    }
  }

  private static String wish(Random random) {
    StringBuilder wish = new StringBuilder("{'EmptyOnDelete': 'false'");
    maybe(
        random,
        wish,
        "'Profile': '"
            + List.of("Production", "Development", "SharedRegistry", "Native")
                .get(random.nextInt(4))
            + "'");
    maybe(
        random,
        wish,
        "'ImageTagMutability': '" + (random.nextBoolean() ? "MUTABLE" : "IMMUTABLE") + "'");
    maybe(
        random,
        wish,
        "'ImageScanningConfiguration': {'ScanOnPush': '" + random.nextBoolean() + "'}");
    maybe(
        random,
        wish,
        random.nextBoolean()
            ? LIFECYCLE
            : "'ExpireUntaggedAfterDays': '" + (1 + random.nextInt(9)) + "'");
    maybe(random, wish, POLICY.replace("111111111111", "11111111111" + random.nextInt(10)));
    maybe(random, wish, tags("a=" + random.nextInt(3), "b=" + random.nextInt(3)));
    return wish.append('}').toString();
  }

  private static void maybe(Random random, StringBuilder wish, String member) {
    if (random.nextBoolean()) {
      wish.append(", ").append(member);
    }
  }

  private Plan.Proceed proceed(ReconcileRequest request, Observation observation) {
    Plan plan = planner.plan(request, observation);
    return assertInstanceOf(Plan.Proceed.class, plan, plan::toString);
  }

  /// Without the record, which goes with every other change.
  private static List<String> names(Plan.Proceed plan) {
    List<Change> others = plan.changes().stream().filter(change -> !isRecordAlone(change)).toList();
    boolean recorded =
        plan.changes().stream()
            .anyMatch(change ->
                change instanceof Change.TagResource(var tags)
                    && tags.containsKey(AppliedRecord.TAG));
    boolean created = others.stream().anyMatch(Change.CreateRepository.class::isInstance);
    assertTrue(others.isEmpty() || recorded || created, () -> "the record: " + plan);
    return others.stream().map(change -> change.getClass().getSimpleName()).toList();
  }

  /// All that the properties decide, but for the encryption, which nothing changes.
  private static Map<String, Object> meaning(ObservedRepository repository) {
    Map<String, String> tags = new HashMap<>(repository.tags());
    tags.keySet().removeIf(key -> key.startsWith(Ownership.PREFIX));
    return Map.of(
        "tags", tags,
        "mutability", repository.tagMutability(),
        "scan", repository.scanOnPush(),
        "lifecycle", repository.lifecyclePolicy().map(ObservedRepository::digest),
        "policy", repository.repositoryPolicy().map(p -> p.normalForm("123456789012").toString()));
  }

  private static boolean isRecordAlone(Change change) {
    return change instanceof Change.TagResource(var tags)
        && tags.keySet().equals(Set.of(AppliedRecord.TAG));
  }

  /// Each event is a second younger than the one before.
  private static Instant now() {
    clock = clock.plusSeconds(1);
    return clock;
  }

  private static Instant clock = Instant.parse("2026-03-01T12:00:00Z");

  private static ReconcileRequest request(boolean creating, String now, String old) {
    return new ReconcileRequest(
        SELF,
        "request",
        Optional.of(now()),
        creating ? Operation.CREATE : Operation.KEEP,
        "team/app",
        Optional.empty(),
        desired(now),
        !now.equals(old),
        READER.readPrevious(json(old)));
  }

  private static DesiredRepository desired(String properties) {
    ReadResult reading = READER.read(json(properties));
    return assertInstanceOf(ReadResult.Desired.class, reading, () -> reading + " of " + properties)
        .repository();
  }

  /// The repository as a Create of these properties leaves it.
  private ObservedRepository asCreated(String properties) {
    Plan.Proceed plan = proceed(request(true, properties, "{}"), new Observation.Absent());
    var create = (Change.CreateRepository) plan.changes().getFirst();
    ObservedRepository made =
        new ObservedRepository(
            create.name(),
            "arn:aws:ecr:eu-west-1:123456789012:repository/" + create.name(),
            "123456789012",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com/" + create.name(),
            Instant.EPOCH,
            create.tagMutability(),
            create.scanOnPush(),
            create.encryption(),
            create.tags(),
            Optional.empty(),
            Optional.empty());
    return after(made, plan);
  }

  /// What ECR would hold after these changes.
  private static ObservedRepository after(ObservedRepository before, Plan.Proceed plan) {
    ObservedRepository r = before;
    for (Change change : plan.changes()) {
      Map<String, String> tags = new HashMap<>(r.tags());
      var mutability = r.tagMutability();
      boolean scan = r.scanOnPush();
      Optional<LifecyclePolicy> lifecycle = r.lifecyclePolicy();
      Optional<RepositoryPolicy> policy = r.repositoryPolicy();
      switch (change) {
        case Change.CreateRepository _ -> {}
        case Change.TagResource(var added) -> tags.putAll(added);
        case Change.UntagResource(var keys) -> keys.forEach(tags::remove);
        case Change.PutImageTagMutability(var value) -> mutability = value;
        case Change.PutImageScanningConfiguration(boolean value) -> scan = value;
        case Change.PutLifecyclePolicy(var set) ->
            lifecycle = Optional.of(LifecyclePolicy.live(set.text()));
        case Change.DeleteLifecyclePolicy _ -> lifecycle = Optional.empty();
        case Change.SetRepositoryPolicy(var set) ->
            policy = Optional.of(RepositoryPolicy.live(set.text()));
        case Change.DeleteRepositoryPolicy _ -> policy = Optional.empty();
        case Change.DeleteRepository _ -> throw new AssertionError("never in an update");
      }
      r =
          new ObservedRepository(
              r.name(),
              r.arn(),
              r.registryId(),
              r.uri(),
              r.createdAt(),
              mutability,
              scan,
              r.encryption(),
              tags,
              lifecycle,
              policy);
    }
    return r;
  }

  private static ObservedRepository withTags(ObservedRepository r, Map<String, String> tags) {
    return new ObservedRepository(
        r.name(),
        r.arn(),
        r.registryId(),
        r.uri(),
        r.createdAt(),
        r.tagMutability(),
        r.scanOnPush(),
        r.encryption(),
        tags,
        r.lifecyclePolicy(),
        r.repositoryPolicy());
  }

  private static Guardrails guardrails(boolean allowAdoption) {
    return new Guardrails(
        new NamePrefix("", Optional.empty()),
        new GrantGuardrails(Set.of(), Set.of(), false, false),
        false,
        false,
        new Guardrails.EncryptionLimits(false, Set.of()),
        new Guardrails.LifecycleLimits(0, 0),
        new Guardrails.TagRules(Set.of(), Map.of()),
        allowAdoption,
        true);
  }

  @ParameterizedTest
  @CsvSource({
    "alias/a, alias/b, KmsKey changed from alias/a to alias/b.",
    "alias/a, '', KmsKey alias/a is no longer stated.",
    "key-a, '', KmsKey key-a is no longer stated."
  })
  void aKeyThatCannotBeComparedIsKeptWithAWarning(String before, String after, String warning) {
    assertEquals(
        List.of(
            warning + " ECR cannot change the key of a repository, so it keeps " + before + "."),
        warnings(encryptedWith(before), encryptedWith(after)));
  }

  @Test
  void aKeyThatIsTheSameNeedsNoWarning() {
    assertEquals(List.of(), warnings(encryptedWith("alias/a"), encryptedWith("alias/a")));
  }

  private List<String> warnings(String before, String after) {
    Observation created = new Observation.Owned(asCreated(before));
    return proceed(request(false, after, before), created).warnings();
  }

  private static String encryptedWith(String key) {
    return "{'RepositoryName': 'team/app', 'EncryptionConfiguration': {'EncryptionType': 'KMS'%s}}"
        .formatted(key.isEmpty() ? "" : ", 'KmsKey': '" + key + "'");
  }

  @Test
  void theSchemaAllowsAsManyTagsAsTheProviderLeaves() {
    ListShape tags =
        assertInstanceOf(ListShape.class, Schema.load().properties().members().get("Tags"));
    assertEquals(Planner.MAX_TEMPLATE_TAGS, tags.max());
  }

  private static String filters(String... values) {
    StringBuilder list = new StringBuilder("'ImageTagMutabilityExclusionFilters': [");
    for (String value : values) {
      list.append(list.charAt(list.length() - 1) == '[' ? "" : ", ")
          .append("{'ImageTagMutabilityExclusionFilterType': 'WILDCARD', ")
          .append("'ImageTagMutabilityExclusionFilterValue': '")
          .append(value)
          .append("'}");
    }
    return list.append(']').toString();
  }

  private static String tags(String... pairs) {
    StringBuilder list = new StringBuilder("'Tags': [");
    for (String pair : pairs) {
      String[] tag = pair.split("=", -1);
      list.append(list.charAt(list.length() - 1) == '[' ? "" : ", ")
          .append("{'Key': '" + tag[0] + "', 'Value': '" + tag[1] + "'}");
    }
    return list.append(']').toString();
  }

  private static JsonObject json(String singleQuoted) {
    try {
      return (JsonObject) Json.parse(singleQuoted.replace('\'', '"'));
    } catch (dev.ecrrepo.document.JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Arguments row(String reason, String old, String now, List<String> changes) {
    return Arguments.of(reason, old, now, changes);
  }
}
