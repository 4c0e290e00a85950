package dev.ecrrepo.simulation;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.ecr.FakeEcr.Call;
import dev.ecrrepo.ecr.FakeEcr.Stored;
import dev.ecrrepo.simulation.Lambda.Delivery;
import dev.ecrrepo.simulation.Ownerships.Owner;
import dev.ecrrepo.simulation.Trouble.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;

/// What holds for each single call and answer, and the marks by which later checks know who wrote
/// what.
final class Rules {

  static final String PERSON = "person";
  static final String TAINTED = "tainted";
  static final String RECORD = "ecrrepo:applied";
  static final String APPLIED = "applied";
  static final String CREATOR = "creator";
  private static final String MAKER = "maker";
  static final String LEFT = "left";

  /// The logical ID of the resource that no longer has it, after a rollback that failed.
  static final String LEFT_BY = "left by";

  static final String CLEAN = "clean";
  static final String PREVIOUS = "previous";
  static final String TAKER = "taker";
  static final String LAST = "last";
  static final String UNDATED = "undated";
  static final String POLICY = "policy";
  static final String LIFECYCLE = "lifecycle";
  static final String TAG = "tag:";

  private static final int MAX_ANSWER = 4096;
  private static final int MAX_TAGS = 50;
  private static final Set<String> ATTRIBUTES =
      Set.of("RepositoryUri", "RepositoryUrl", "Arn", "RepositoryName", "RegistryId");
  private static final List<String> GRANT_GUARDRAILS =
      List.of(
          "ECRREPO_ALLOWED_GRANT_ACCOUNTS",
          "ECRREPO_ALLOWED_ORGANIZATIONS",
          "ECRREPO_ALLOW_PUBLIC_ACCESS",
          "ECRREPO_ALLOW_ADMINISTRATIVE_GRANTS");

  private final World world;

  /// Those of the delivery that made the last call.
  private Settings settings = new Settings(Map.of());

  /// The last exception that was logged, for details.
  String thrown = "";

  /// Every meaning that the provider has written to a repository.
  private final IdentityHashMap<Stored, Set<String>> written = new IdentityHashMap<>();

  /// Every policy that was stated in a delivery that wrote the record, and the first such delivery.
  private final IdentityHashMap<Stored, Map<String, Delivery>> stated = new IdentityHashMap<>();

  /// The same of lifecycle policies.
  private final IdentityHashMap<Stored, Map<String, Delivery>> statedLifecycle =
      new IdentityHashMap<>();

  Rules(World world) {
    this.world = world;
  }

  /// Makes the call and holds it to the rules.
  <T> T performed(Delivery delivery, Call call, Supplier<T> effect) {
    Event event = delivery.sent.event;
    Stored before = world.ecr.stored(call.repository());
    Owner self = new Owner(event.stackId(), event.logicalId());
    Owner first =
        before == null
            ? Owner.NOBODY
            : delivery.ownerships.first(call.repository(), Owner.of(before.tags));
    if (!call.writes()) {
      return effect.get();
    }
    Map<String, String> tags = before == null ? Map.of() : new TreeMap<>(before.tags);
    String policy = before == null ? null : before.repositoryPolicy;
    T result = effect.get();
    settings = delivery.settings;
    delivery.writes.add(call);
    String what = call.operation() + " " + call.repository() + " by " + event;
    if (call.operation().equals("CreateRepository")) {
      created(delivery, call, self, what);
      return result;
    }
    judge(delivery, call, before, tags, first, self, what);
    grants(delivery, call, before, policy, what);
    sign(delivery, call, before, tags);
    return result;
  }

  private void created(Delivery delivery, Call call, Owner self, String what) {
    Event event = delivery.sent.event;
    Stored made = world.ecr.stored(call.repository());
    delivery.ownerships.created(call.repository(), self);
    made.writers.put(CREATOR, event.stackId());
    made.writers.put(MAKER, delivery);
    applied
        .computeIfAbsent(made, _ -> new HashSet<>())
        .addAll(
            List.of(
                made.repository.imageTagMutabilityAsString(),
                "scan " + made.repository.imageScanningConfiguration().scanOnPush()));
    made.tags.keySet().forEach(key -> made.writers.put(TAG + key, delivery.sent));
    applied(made, event);
    records(delivery, made);
    if (!event.dated()) {
      made.writers.put(UNDATED, true);
    }
    if (delivery.again || world.cloudFormation.isOvertaken(event)) {
      world.cloudFormation.madeLate(event.stackId(), call.repository());
    }
    if (event.type().equals("Delete") || !Owner.of(made.tags).equals(self)) {
      world.violation(Invariant.OWNED, "created without its resource's tags: " + what);
    }
    String prefix = settings.variables().getOrDefault("ECRREPO_NAME_PREFIX", "");
    CreateRepositoryRequest request = (CreateRepositoryRequest) call.request();
    if (!call.repository().startsWith(prefix)
        || (settings.isSet("ECRREPO_REQUIRE_IMMUTABLE_TAGS")
            && !request.imageTagMutabilityAsString().equals("IMMUTABLE"))
        || (settings.isSet("ECRREPO_REQUIRE_SCAN_ON_PUSH")
            && !request.imageScanningConfiguration().scanOnPush())
        || !made.tags.keySet().containsAll(settings.listed("ECRREPO_REQUIRED_TAGS"))
        || !isAllowedEncryption(made)) {
      world.violation(Invariant.GUARDRAILS_HOLD, what);
    }
  }

  private boolean isAllowedEncryption(Stored made) {
    EncryptionConfiguration encryption = made.repository.encryptionConfiguration();
    if (encryption.encryptionTypeAsString().equals("AES256")) {
      return !settings.isSet("ECRREPO_REQUIRE_KMS_ENCRYPTION");
    }
    Set<String> keys = settings.listed("ECRREPO_ALLOWED_KMS_KEYS");
    return keys.isEmpty() || keys.contains(encryption.kmsKey());
  }

  private void judge(
      Delivery delivery,
      Call call,
      Stored before,
      Map<String, String> tags,
      Owner first,
      Owner self,
      String what) {
    Event event = delivery.sent.event;
    boolean takenBack =
        event.type().equals("Update")
            && first.stackId().equals(self.stackId())
            && self.logicalId().equals(before.writers.get(PREVIOUS));
    boolean own = first.equals(self) || takenBack;
    if (before.writers.containsKey(TAINTED)
        || before.writers.containsKey(UNDATED)
        || isRacing(before, event)
        || world.late.contains(call.repository())) {
      return;
    }
    if (isOld(before, event, first)) {
      world.violation(
          Invariant.OLD_EVENT_CHANGES_NOTHING, what + " applied " + before.writers.get(APPLIED));
    }
    if (call.operation().startsWith("DeleteRepository") && !call.operation().endsWith("Policy")) {
      deleted(delivery, call, before, tags, own, what);
      return;
    }
    boolean ownTagsOnly = writesOwnTagsOnly(call);
    if (!event.dated() && delivery.again) {
      return; // nothing tells that it is old
    }
    if (!own && !(ownTagsOnly && mayTake(first, event))) {
      world.violation(
          ownTagsOnly || !mayTake(first, event)
              ? Invariant.FOREIGN_UNTOUCHED
              : Invariant.PURE_ADOPTION,
          what + " which was of " + first);
    }
    boolean repeated = event.time().equals(before.writers.get(APPLIED));
    boolean takesOver =
        event.type().equals("Create")
            && !repeated
            // without a time, this tag alone tells whether the event came before (2.15)
            && (event.dated() || !tags.containsKey("ecrrepo:previous-owner"))
            && !event.requestId().equals(tags.get("ecrrepo:created-by"));
    if (own && !ownTagsOnly && (takesOver || event.type().equals("Delete"))) {
      world.violation(Invariant.PURE_ADOPTION, what);
    }
    guarded(delivery, call, what);
  }

  private boolean isOld(Stored stored, Event event, Owner owner) {
    return event.dated()
        && owner.stackId().equals(event.stackId())
        && stored.writers.get(APPLIED) instanceof Instant applied
        && event.time().isBefore(applied);
  }

  private void deleted(
      Delivery delivery,
      Call call,
      Stored before,
      Map<String, String> tags,
      boolean own,
      String what) {
    Event event = delivery.sent.event;
    if (!event.type().equals("Delete")) {
      if (before.writers.get(MAKER) != delivery || call.operation().endsWith("(force)")) {
        world.violation(Invariant.IMAGES_KEPT, "deleted in the wrong event: " + what);
      }
      return;
    }
    if (!own) {
      world.violation(Invariant.FOREIGN_UNTOUCHED, what + " tags " + tags);
    }
    String previous = tags.getOrDefault("ecrrepo:previous-owner", event.logicalId());
    boolean adopted = "true".equals(tags.get("ecrrepo:adopted"));
    if (!previous.equals(event.logicalId())
        || (adopted && !Set.of("", "false").contains(event.stated("AdoptExisting")))) {
      world.violation(Invariant.FOREIGN_UNTOUCHED, "not given back: " + what);
    }
    if (before.images > 0
        && (!event.stated("EmptyOnDelete").equals("true")
            || !event.physicalId().equals(call.repository())
            || "false".equals(settings.variables().get("ECRREPO_ALLOW_EMPTY_ON_DELETE")))) {
      world.violation(Invariant.IMAGES_KEPT, what);
    }
  }

  private static boolean writesOwnTagsOnly(Call call) {
    return switch (call.request()) {
      case TagResourceRequest tag -> tag.tags().stream().map(Tag::key).allMatch(Rules::isOurs);
      case UntagResourceRequest untag -> untag.tagKeys().stream().allMatch(Rules::isOurs);
      default -> false;
    };
  }

  static boolean isOurs(String key) {
    return key.startsWith("ecrrepo:");
  }

  private boolean mayTake(Owner owner, Event event) {
    if (owner.stackId().equals(event.stackId())) {
      return true;
    }
    boolean asked = event.stated("AdoptExisting").equals("true");
    boolean free =
        owner.equals(Owner.NOBODY)
            || (!world.cloudFormation.isAlive(owner.stackId())
                && owner.stackName().equals(new Owner(event.stackId(), "").stackName()));
    return asked
        && free
        && settings.isSet("ECRREPO_ALLOW_ADOPTION")
        && !event.type().equals("Delete");
  }

  private void guarded(Delivery delivery, Call call, String what) {
    boolean broken =
        switch (call.request()) {
          case PutImageTagMutabilityRequest put ->
              !hadBefore(call, put.imageTagMutabilityAsString())
                  && settings.isSet("ECRREPO_REQUIRE_IMMUTABLE_TAGS")
                  && !put.imageTagMutabilityAsString().equals("IMMUTABLE");
          case PutImageScanningConfigurationRequest put ->
              !hadBefore(call, "scan " + put.imageScanningConfiguration().scanOnPush())
                  && settings.isSet("ECRREPO_REQUIRE_SCAN_ON_PUSH")
                  && !put.imageScanningConfiguration().scanOnPush();
          case PutLifecyclePolicyRequest put ->
              !hadBefore(call, Meaning.of(put.lifecyclePolicyText()))
                  && !wasRecordedBefore(delivery, call, Meaning.of(put.lifecyclePolicyText()))
                  && expiresTooEarly(put.lifecyclePolicyText());
          case UntagResourceRequest untag ->
              !Collections.disjoint(untag.tagKeys(), settings.listed("ECRREPO_REQUIRED_TAGS"));
          default -> false;
        };
    if (broken) {
      world.violation(Invariant.GUARDRAILS_HOLD, what);
    }
  }

  /// What another delivery recorded, and could not write, counts as recorded (2.10).
  private boolean wasRecordedBefore(Delivery delivery, Call call, String lifecycle) {
    Delivery recorder =
        statedLifecycle.getOrDefault(world.ecr.stored(call.repository()), Map.of()).get(lifecycle);
    return recorder != null && recorder != delivery;
  }

  private boolean expiresTooEarly(String policy) {
    return Meaning.parsed(policy) instanceof JsonObject object
        && object.get("rules").orElse(null) instanceof JsonArray(List<Json> rules)
        && rules.stream().map(JsonObject.class::cast).anyMatch(this::expiresTooEarly);
  }

  private boolean expiresTooEarly(JsonObject rule) {
    JsonObject selection = (JsonObject) rule.get("selection").orElseThrow();
    String least =
        selection.string("countType").orElseThrow().equals("imageCountMoreThan")
            ? "ECRREPO_MIN_IMAGE_COUNT"
            : "ECRREPO_MIN_EXPIRY_DAYS";
    return !selection.string("tagStatus").orElseThrow().equals("untagged")
        && selection.get("countNumber").orElseThrow() instanceof JsonNumber(String number)
        && settings.listed(least).stream()
            .anyMatch(minimum -> Integer.parseInt(number) < Integer.parseInt(minimum));
  }

  /// Others made it so. A template may state it: guardrails judge changes, not what is there
  /// (2.10).
  void isInForce(Stored stored, String setting) {
    applied.computeIfAbsent(stored, _ -> new HashSet<>()).add(setting);
  }

  /// Whether the setting was in force already, before a guardrail forbade it.
  private boolean hadBefore(Call call, String setting) {
    return !applied
        .computeIfAbsent(world.ecr.stored(call.repository()), _ -> new HashSet<>())
        .add(setting);
  }

  private final IdentityHashMap<Stored, Set<String>> applied = new IdentityHashMap<>();

  /// A policy that was never in force may add only what a new request could.
  private void grants(Delivery delivery, Call call, Stored stored, String live, String what) {
    if (!(call.request() instanceof SetRepositoryPolicyRequest)) {
      return;
    }
    Set<String> meanings = written.computeIfAbsent(stored, _ -> new HashSet<>());
    String meaning = Meaning.of(stored.repositoryPolicy);
    if (!meanings.add(meaning)) {
      return;
    }
    Delivery recorder = recorder(stored, meaning);
    if (recorder != null && recorder != delivery) {
      return; // what a delivery recorded, and could not write, counts as recorded (2.10)
    }
    Set<String> there = Meaning.units(live).keySet();
    Map<String, String> limits = new LinkedHashMap<>(settings.variables());
    limits.keySet().retainAll(GRANT_GUARDRAILS);
    Meaning.units(stored.repositoryPolicy)
        .forEach((unit, statement) -> {
          Json policy =
              Meaning.parsed("{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}");
          if (!there.contains(unit)
              && Fresh.repository(new JsonObject(Map.of("RepositoryPolicyText", policy)), limits)
                  .isEmpty()) {
            world.violation(
                Invariant.GUARDRAILS_HOLD, statement + " under " + limits + ": " + what);
          }
        });
  }

  /// Who wrote it.
  private void sign(Delivery delivery, Call call, Stored stored, Map<String, String> before) {
    Lambda.Sent sent = delivery.sent;
    stored.writers.remove(CLEAN);
    if (!sent.event.dated()) {
      stored.writers.put(UNDATED, true);
    } else if (!call.operation().equals("UntagResource")) {
      // Tags are taken off before the record is written (2.15), and at the end of a rename without.
      applied(stored, sent.event);
    }
    switch (call.operation()) {
      case "SetRepositoryPolicy", "DeleteRepositoryPolicy" -> stored.writers.put(POLICY, sent);
      case "PutLifecyclePolicy", "DeleteLifecyclePolicy" -> stored.writers.put(LIFECYCLE, sent);
      default -> {}
    }
    stored.tags.forEach((key, value) -> {
      if (!value.equals(before.get(key))) {
        stored.writers.put(TAG + key, sent);
      }
    });
    if (!Owner.of(stored.tags).equals(Owner.of(before))) {
      if (sent.event.logicalId().equals(stored.writers.get(PREVIOUS))) {
        world.cloudFormation.tookBack(sent.event);
      }
      stored.writers.put(TAKER, sent.event.requestId());
      stored.writers.put(PREVIOUS, Owner.of(before).logicalId());
      // The next owner does not know which tags the last one stated; and where the last one is a
      // stack that is gone, not what it wrote at all (2.3: nothing in its record speaks for the
      // new owner).
      boolean otherStack = !Owner.of(stored.tags).stackId().equals(Owner.of(before).stackId());
      stored.writers.replaceAll((key, writer) ->
          (key.startsWith(TAG) && !isOurs(key.substring(TAG.length())))
                  || (otherStack && (key.equals(POLICY) || key.equals(LIFECYCLE)))
              ? PERSON
              : writer);
    }
    if (world.taggingDenied()) {
      stored.writers.put(UNDATED, true);
    }
    if (call.operation().equals("TagResource")) {
      recorded(delivery, stored, before);
    }
    Owner self = new Owner(sent.event.stackId(), sent.event.logicalId());
    if (sent.event.type().equals("Update") && Owner.of(stored.tags).equals(self)) {
      delivery.ownerships.created(call.repository(), self);
    }
    if (!sent.event.dated() && (delivery.again || sent.answer != null)) {
      stored.writers.put(TAINTED, "repeated without a time"); // nothing tells that it is old (2.15)
    }
    if (sent.deliveries.size() > 1
        && sent.troubles.stream().anyMatch(t -> t.kind() == Kind.DENIED)) {
      // Without its record, a second delivery cannot tell what the first one wrote (2.15).
      stored.writers.put(TAINTED, "repeated without a record");
    }
    raced(stored, sent.event);
    if (world.cloudFormation.madeLate.contains(call.repository())
        && world.cloudFormation.isOvertaken(sent.event)) {
      left(stored);
    }
    if (world.cloudFormation.isOvertaken(sent.event)
        && (!sent.event.dated()
            || stored.writers.containsKey(UNDATED)
            || world.cloudFormation.isEnded(sent.event))) {
      world.late(call);
    }
    if (Owner.of(stored.tags).equals(Owner.NOBODY)) {
      stored.writers.remove(APPLIED);
      left(stored);
    }
  }

  /// Whether the provider wrote this policy, or an event wrote the record that stated it.
  ///
  /// @param now the events that do not count
  boolean wasStated(Stored stored, String policy, Set<String> now) {
    Delivery recorder = recorder(stored, policy);
    return written.getOrDefault(stored, Set.of()).contains(policy)
        || (recorder != null && !now.contains(recorder.sent.event.requestId()));
  }

  /// The delivery that first stated this policy in the record; null if none did.
  private Delivery recorder(Stored stored, String policy) {
    return stated.getOrDefault(stored, Map.of()).get(policy);
  }

  private void records(Delivery delivery, Stored stored) {
    statedPolicy(delivery.sent.event)
        .ifPresent(policy ->
            stated.computeIfAbsent(stored, _ -> new HashMap<>()).putIfAbsent(policy, delivery));
    statedLifecycle(delivery.sent.event)
        .ifPresent(policy ->
            statedLifecycle
                .computeIfAbsent(stored, _ -> new HashMap<>())
                .putIfAbsent(policy, delivery));
  }

  /// @param before the tags before this call
  private void recorded(Delivery delivery, Stored stored, Map<String, String> before) {
    records(delivery, stored);
    List<String> last = List.of(before.getOrDefault(RECORD, "").split("/", -1));
    List<String> now = List.of(stored.tags.getOrDefault(RECORD, "").split("/", -1));
    // A setting that an update recorded, and could not write, counts as recorded, too.
    for (String aspect : last) {
      for (String value : aspect.substring(aspect.indexOf(':') + 1).split("\\+", -1)) {
        if (aspect.startsWith("tags:")) {
          isInForce(stored, value);
        } else if (aspect.startsWith("scan:")) {
          isInForce(stored, "scan " + value);
        }
      }
    }
    // Two deliveries of one event at the same time: one takes the policy that the other one wrote
    // for a policy of others, because ECR shows new tags late.
    boolean samePolicies = last.size() > 5 && last.get(1).equals(now.get(1));
    if (samePolicies
        && now.stream().anyMatch(aspect -> !last.contains(aspect) && isFound(aspect))
        && delivery.sent.troubles.stream().anyMatch(t -> t.kind() == Kind.TWICE_AT_ONCE)) {
      stored.writers.put(TAINTED, "twice at once");
    }
  }

  private static boolean isFound(String aspect) {
    return aspect.matches("(?:lifecycle|policy):([^+]+)\\+\\1");
  }

  /// Two events that write within a second: there is no compare-and-swap, so no order.
  private void raced(Stored stored, Event event) {
    if (isRacing(stored, event)) {
      stored.writers.put(TAINTED, "raced");
    }
    stored.writers.put(LAST, new Write(event, world.clock.instant()));
  }

  private boolean isRacing(Stored stored, Event event) {
    return stored.writers.get(LAST) instanceof Write(Event last, Instant at)
        && !last.requestId().equals(event.requestId())
        && at.plusSeconds(1).isAfter(world.clock.instant());
  }

  private record Write(Event event, Instant at) {}

  /// Its stack no longer has it: what is written there is somebody else's from now on.
  static void left(Stored stored) {
    stored.writers.put(LEFT, true);
    stored.writers.replaceAll((_, writer) -> writer instanceof Lambda.Sent ? PERSON : writer);
  }

  private static void applied(Stored stored, Event event) {
    Instant last = stored.writers.get(APPLIED) instanceof Instant time ? time : Instant.MIN;
    if (event.dated() && event.time().isAfter(last)) {
      stored.writers.put(APPLIED, event.time());
    }
  }

  /// An answer as it reaches the receiver.
  JsonObject answered(Delivery delivery, byte[] body) {
    Event event = delivery.sent.event;
    String text = new String(body, StandardCharsets.UTF_8);
    if (body.length > MAX_ANSWER) {
      world.violation(Invariant.SOUND_ANSWER, body.length + " bytes: " + text);
    }
    if (text.contains(Event.SECRET)) {
      world.violation(Invariant.NO_SECRET, text);
    }
    if (text.contains("unexpected fault")) {
      world.violation(Invariant.NO_UNEXPECTED_FAULT, event + " " + text + " " + thrown);
    }
    if (!(Meaning.parsed(text) instanceof JsonObject answer)) {
      world.violation(Invariant.SOUND_ANSWER, text);
      return JsonObject.EMPTY;
    }
    boolean success = answer.string("Status").filter("SUCCESS"::equals).isPresent();
    if (!success
        && !delivery.sent.excused()
        && !(delivery.again && isUndated(answer)) // nothing tells that it is old (2.15)
        && world.late.isEmpty()
        && text.contains("ECR answered TooManyTags")
        && hasRoomForTags(event)) {
      world.violation(Invariant.ECR_REFUSES_NOTHING, event + " " + text);
    }
    String id = answer.string("PhysicalResourceId").orElse("");
    boolean keepsId = success ? event.type().equals("Delete") : !event.type().equals("Create");
    boolean sound =
        answer.string("RequestId").orElse("").equals(event.requestId())
            && answer.string("StackId").orElse("").equals(event.stackId())
            && answer.string("LogicalResourceId").orElse("").equals(event.logicalId())
            && !id.isEmpty()
            && (success || !answer.string("Reason").orElse("").isBlank())
            && (!keepsId || id.equals(event.physicalId()))
            && (!success
                || event.type().equals("Delete")
                || (answer.get("Data").orElse(null) instanceof JsonObject data
                    && data.members().keySet().containsAll(ATTRIBUTES)));
    if (!sound) {
      world.violation(Invariant.SOUND_ANSWER, event + " " + text);
    }
    return answer;
  }

  private boolean isUndated(JsonObject answer) {
    Stored stored = world.ecr.stored(answer.string("PhysicalResourceId").orElse(""));
    return stored != null && stored.writers.containsKey(UNDATED);
  }

  /// Tags that neither the new nor the old properties state stay: people's, and those that a
  /// resource left which gave its repository to another one. Only what remains is for the template.
  private boolean hasRoomForTags(Event event) {
    String name =
        event
            .properties()
            .string("RepositoryName")
            .orElseGet(() -> generatedName(event).orElse(event.physicalId()));
    Stored stored = event.physicalId() == null ? null : world.ecr.stored(name);
    if (stored == null) {
      return true;
    }
    Set<String> keys = new HashSet<>(stored.tags.keySet());
    if (name.equals(event.physicalId())) {
      keys.removeAll(statedTags(event.old())); // of another repository they say nothing (2.1)
    }
    keys.addAll(statedTags(event.properties()));
    return keys.size() <= MAX_TAGS;
  }

  /// The repository with a generated name that the resource has, or had and retained.
  private Optional<String> generatedName(Event event) {
    Owner self = new Owner(event.stackId(), event.logicalId());
    String part = (self.stackName() + "-" + self.logicalId() + "-").toLowerCase(Locale.ROOT);
    return world.ecr.names().stream().filter(name -> name.contains(part)).findFirst();
  }

  /// The repository policy that an event states, if it is valid.
  static Optional<String> statedPolicy(Event event) {
    Map<String, Json> members = new LinkedHashMap<>(event.properties().members());
    members.keySet().retainAll(Set.of("RepositoryPolicyText", "Access"));
    return members.isEmpty()
        ? Optional.empty()
        : Fresh.repository(new JsonObject(members), Map.of())
            .map(fresh -> Meaning.of(fresh.repositoryPolicy));
  }

  /// The lifecycle policy that an event states, if it is valid.
  private static Optional<String> statedLifecycle(Event event) {
    Map<String, Json> members = new LinkedHashMap<>(event.properties().members());
    members.keySet().retainAll(Checks.LIFECYCLE_PROPERTIES);
    return members.isEmpty()
        ? Optional.empty()
        : Fresh.repository(new JsonObject(members), Map.of())
            .map(fresh -> Meaning.of(fresh.lifecyclePolicy));
  }

  static Set<String> statedTags(JsonObject properties) {
    return statedTagValues(properties).keySet();
  }

  static Map<String, String> statedTagValues(JsonObject properties) {
    Map<String, String> values = new HashMap<>();
    if (properties != null && properties.get("Tags").orElse(null) instanceof JsonArray tags) {
      for (Json tag : tags.elements()) {
        if (tag instanceof JsonObject object) {
          object.string("Key").ifPresent(key -> values.put(key, object.string("Value").orElse("")));
        }
      }
    }
    return values;
  }
}
