package dev.ecrrepo.simulation;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.ecr.FakeEcr;
import dev.ecrrepo.ecr.FakeEcr.Stored;
import dev.ecrrepo.simulation.CloudFormation.Operation;
import dev.ecrrepo.simulation.Ownerships.Owner;
import dev.ecrrepo.simulation.Stack.Resource;
import dev.ecrrepo.simulation.Trouble.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;

/// What holds after a step, when everything has come to its end.
final class Checks {

  static final List<String> LIFECYCLE_PROPERTIES =
      List.of(
          "LifecyclePolicy",
          "LifecycleRules",
          "ExpireUntaggedAfterDays",
          "MaxImageCount",
          "ExpireAllImagesAfterDays",
          "ProtectedTags",
          "Profile");

  private final World world;

  Checks(World world) {
    this.world = world;
  }

  /// A repository in words that can be compared.
  ///
  /// @param ours the provider's tags but for the record
  /// @param byHand which of the two policies, and keys of which tags, others wrote
  record Look(
      Stored stored,
      Owner owner,
      String mutability,
      String scan,
      String lifecycle,
      String policy,
      Map<String, String> tags,
      Map<String, String> ours,
      int images,
      boolean clean,
      Set<String> byHand) {

    static Look at(Stored stored) {
      Map<String, String> tags = new TreeMap<>(stored.tags);
      Map<String, String> ours = new TreeMap<>(stored.tags);
      tags.keySet().removeIf(Rules::isOurs);
      tags.remove(Values.DEFAULT_TAG); // it follows the operator, not the template
      ours.keySet().removeIf(key -> !Rules.isOurs(key) || key.equals(Rules.RECORD));
      // Equal to the owner, it means nothing.
      ours.remove("ecrrepo:previous-owner", stored.tags.get("ecrrepo:logical-id"));
      return new Look(
          stored,
          Owner.of(stored.tags),
          mutability(stored),
          scan(stored),
          Meaning.of(stored.lifecyclePolicy),
          Meaning.of(stored.repositoryPolicy),
          tags,
          ours,
          stored.images,
          stored.writers.containsKey(Rules.CLEAN),
          Stream.concat(
                  Stream.of(Rules.POLICY, Rules.LIFECYCLE)
                      .filter(policy -> Rules.PERSON.equals(stored.writers.get(policy))),
                  tags.keySet().stream()
                      .filter(key -> Rules.PERSON.equals(stored.writers.get(Rules.TAG + key))))
              .collect(Collectors.toUnmodifiableSet()));
    }

    /// The same without these tags.
    Look without(Set<String> keys) {
      Map<String, String> others = new TreeMap<>(tags);
      others.keySet().removeAll(keys);
      return new Look(
          stored, owner, mutability, scan, lifecycle, policy, others, ours, images, clean, byHand);
    }

    private static String mutability(Stored stored) {
      return stored.repository.imageTagMutabilityAsString()
          + stored.repository.imageTagMutabilityExclusionFilters().stream()
              .map(ImageTagMutabilityExclusionFilter::filter)
              .sorted()
              .toList();
    }

    private static String scan(Stored stored) {
      return stored.repository.imageScanningConfiguration() == null
          ? "false"
          : String.valueOf(stored.repository.imageScanningConfiguration().scanOnPush());
    }

    /// In what it differs, without the provider's tags.
    List<String> differences(Look other) {
      List<String> found = new ArrayList<>();
      difference(found, "mutability", mutability, other.mutability);
      difference(found, "scan", scan, other.scan);
      difference(found, "lifecycle", lifecycle, other.lifecycle);
      difference(found, "policy", policy, other.policy);
      difference(found, "tags", tags, other.tags);
      difference(found, "images", images, other.images);
      return found;
    }

    static void difference(List<String> found, String what, Object was, Object is) {
      if (!was.equals(is)) {
        found.add(what + " " + was + " -> " + is);
      }
    }
  }

  Map<String, Look> looks() {
    Map<String, Look> looks = new HashMap<>();
    for (String name : world.ecr.names()) {
      looks.put(name, Look.at(world.ecr.stored(name)));
    }
    return looks;
  }

  /// @param resources of the stack before; empty for a new one
  void after(Operation operation, Map<String, Look> before, Map<String, Resource> resources) {
    Stack stack = operation.stack;
    if (stack == null) {
      return;
    }
    for (String name : world.ecr.names()) {
      Stored stored = world.ecr.stored(name);
      if (Owner.of(stored.tags).stackId().equals(stack.id)
          && stack.resources.values().stream().noneMatch(r -> r.physicalId().equals(name))) {
        Rules.left(stored);
        stored.writers.put(Rules.LEFT_BY, stored.tags.get("ecrrepo:logical-id"));
      }
      takenOverInVain(stack, name, stored);
    }
    before.forEach((name, look) -> others(operation, name, look, resources));
    if (operation.rolledBack) {
      before.forEach((name, look) -> imagesKept(operation, name, look));
      if (!operation.movedBack) {
        resources.values().forEach(resource -> rolledBack(operation, resource, before));
      }
      if (!operation.excused && !operation.movedBack) {
        operation.failedRollbacks.stream()
            .filter(sent -> !sent.excused() && !world.taggingDenied())
            .map(sent -> sent.answer.string("Reason").orElse("") + " <= " + sent.event)
            .filter(_ -> resources.values().stream().allMatch(r -> wasClean(stack, r, before)))
            .forEach(text -> world.violation(Invariant.ROLLBACK_SUCCEEDS, text));
      }
    }
    operation.settled.keySet().stream()
        .map(stack.resources::get)
        .filter(resource -> resource != null)
        .forEach(resource -> settled(operation, resource));
    if (operation.ended && !stack.excused) {
      ended(stack);
    }
  }

  /// A rollback deletes no images that were there before its update.
  private void imagesKept(Operation operation, String name, Look look) {
    Stored now = world.ecr.stored(name);
    if (look.images() > 0
        && now != look.stored()
        && wasRecorded(operation, look) // the record says that the update moved back (2.15)
        && !operation.excused
        && !tainted(name)) {
      world.violation(Invariant.IMAGES_KEPT, "deleted in a rollback: " + name);
    }
  }

  /// Another resource took the repository over in an event of the same time: nothing tells which of
  /// the two came first.
  private static boolean isOfAnotherAtTheSameTime(Event event, Look look) {
    return !event.logicalId().equals(look.ours().get("ecrrepo:logical-id"))
        && event.time().equals(look.stored().writers.get(Rules.APPLIED));
  }

  /// What has converged stays as it is when an event of its resource comes again. A Delete that
  /// failed may succeed now; and of a repository that the event never reached, nothing tells that
  /// the event is old (2.15, a late Create).
  void afterRepetition(Event event, Map<String, Look> before) {
    before.forEach((name, look) -> {
      boolean reached =
          event.type().equals("Update")
              ? name.equals(event.physicalId())
              : event.requestId().equals(look.ours().get("ecrrepo:created-by"));
      if (!look.clean()
          || !reached
          || event.type().equals("Delete")
          || isOfAnotherAtTheSameTime(event, look)
          || tainted(name)
          || look.stored().writers.containsKey(Rules.UNDATED)) {
        return;
      }
      Stored now = world.ecr.stored(name);
      List<String> differences = new ArrayList<>();
      if (now == look.stored()) {
        Look then = Look.at(now);
        differences.addAll(look.differences(then));
        Look.difference(differences, "own tags", look.ours(), then.ours());
      } else {
        differences.add("is gone");
      }
      if (!differences.isEmpty()) {
        world.violation(
            Invariant.OLD_EVENT_CHANGES_NOTHING, name + " by " + event + ": " + differences);
      }
    });
  }

  /// A rename whose outcome was not known may have taken the repository over: then its owner uses
  /// another one.
  private static void takenOverInVain(Stack stack, String name, Stored stored) {
    Owner owner = Owner.of(stored.tags);
    Resource resource = stack.resources.get(owner.logicalId());
    if (owner.stackId().equals(stack.id)
        && resource != null
        && !resource.physicalId().equals(name)) {
      stored.writers.put(Rules.LEFT_BY, owner.logicalId());
    }
  }

  private static boolean wasClean(Stack stack, Resource resource, Map<String, Look> before) {
    Look look = before.get(resource.physicalId());
    return look != null
        && look.clean()
        && look.owner().equals(new Owner(stack.id, resource.logicalId()));
  }

  private boolean tainted(String repository) {
    Stored stored = world.ecr.stored(repository);
    return world.late.contains(repository)
        || (stored != null && stored.writers.containsKey(Rules.TAINTED));
  }

  /// A repository that was not this stack's stays as it was, whatever became of the stack.
  private void others(
      Operation operation, String name, Look look, Map<String, Resource> resources) {
    if (tainted(name)
        || (look.owner().stackId().equals(operation.stack.id)
            && resources.values().stream().anyMatch(r -> r.physicalId().equals(name)))) {
      return;
    }
    if (look.owner().stackId().equals(operation.stack.id) || operation.stack.kept.contains(name)) {
      return; // left behind by it before; it may take it back or find it in a late delivery
    }
    Stored now = world.ecr.stored(name);
    if (now != look.stored()) {
      world.violation(Invariant.FOREIGN_UNTOUCHED, name + " is gone: " + look.owner());
      return;
    }
    Look then = Look.at(now);
    List<String> differences = look.differences(then);
    resources.values().stream()
        .filter(r -> r.physicalId().equals(name))
        .filter(r -> operation.settled.getOrDefault(r.logicalId(), false)) // by a rollback
        .forEach(r -> differences.removeIf(text -> states(r, text.split(" ", 2)[0])));
    if (!differences.isEmpty()) {
      world.violation(Invariant.PURE_ADOPTION, name + " of " + look.owner() + ": " + differences);
    }
    boolean gone =
        operation.stack.resources.values().stream().noneMatch(r -> r.physicalId().equals(name));
    if (gone
        && operation.ended
        && !operation.excused
        && !look.ours().equals(then.ours())
        && look.owner().equals(Owner.NOBODY)) {
      world.violation(Invariant.NOTHING_LEFT, name + " keeps " + then.ours());
    }
  }

  /// A resource whose repository lost the provider's tags by hand, and that adopts it again in an
  /// Update, makes it what its template states once that Update is rolled back (2.3, unstated).
  private static boolean states(Resource resource, String aspect) {
    JsonObject properties = resource.properties();
    return switch (aspect) {
      case "lifecycle" ->
          LIFECYCLE_PROPERTIES.stream().anyMatch(p -> properties.get(p).isPresent());
      case "policy" ->
          properties.get("RepositoryPolicyText").isPresent()
              || properties.get("Access").isPresent();
      case "mutability" ->
          properties.get("Profile").isPresent() || properties.get("ImageTagMutability").isPresent();
      case "scan" ->
          properties.get("Profile").isPresent()
              || properties.get("ImageScanningConfiguration").isPresent();
      case "tags" -> properties.get("Tags").isPresent();
      default -> false;
    };
  }

  private void rolledBack(Operation operation, Resource resource, Map<String, Look> before) {
    Resource now = operation.stack.resources.get(resource.logicalId());
    Look look = before.get(resource.physicalId());
    if (now == null || look == null || operation.excused || tainted(resource.physicalId())) {
      return;
    }
    if (!operation.failedRollbacks.isEmpty()
        || world.cloudFormation.untold.contains(look.stored().writers.get(Rules.TAKER))
        || operation.stack.kept.contains(resource.physicalId())
        // A late Create made a second one, and both have the resource's tags.
        || world.cloudFormation.madeLate.contains(now.physicalId())) {
      return;
    }
    if (!now.physicalId().equals(resource.physicalId())) {
      world.violation(Invariant.ROLLED_BACK, resource.physicalId() + " became " + now.physicalId());
      return;
    }
    if (world.ecr.stored(resource.physicalId()) != look.stored()) {
      world.violation(Invariant.ROLLED_BACK, resource.physicalId() + " is not the same one");
      return;
    }
    if (isShared(operation.stack, resource.physicalId())) {
      return;
    }
    Set<String> statedByHand = tagsByHandAndStated(operation, resource, look);
    statedByHand.addAll(world.everRequired);
    look = look.without(statedByHand);
    Look then = Look.at(look.stored()).without(statedByHand);
    List<String> differences = new ArrayList<>();
    if (wasClean(operation.stack, resource, before)) {
      differences.addAll(look.differences(then));
      if (adopts(resource) && !wasRecorded(operation, look)) {
        // Only the record could tell what a setting was before the template stated it.
        differences.removeIf(text -> text.startsWith("mutability") || text.startsWith("scan"));
      }
      if (wasRefused(operation, resource) || !wasRecorded(operation, look)) {
        // What others wrote counts as the resource's own if the old properties state the same and
        // the record does not say that it was there before (2.15, "ours").
        Set<String> byHand = look.byHand();
        differences.removeIf(text -> byHand.contains(text.split(" ", 2)[0]));
      }
      Map<String, String> ours = new TreeMap<>(look.ours());
      if (!then.ours().containsKey("ecrrepo:previous-owner")) {
        ours.remove("ecrrepo:previous-owner"); // the first update of the new owner takes it off
      }
      Look.difference(differences, "own tags", ours, then.ours());
    } else {
      byHand(operation, resource, look, then, differences);
    }
    if (!differences.isEmpty()) {
      world.violation(Invariant.ROLLED_BACK, resource.physicalId() + ": " + differences);
    }
  }

  /// Two resources of a stack that state one name take it from each other, and each makes it what
  /// its own template says: the last event wins (2.3, within one stack).
  private static boolean isShared(Stack stack, String name) {
    return stack.resources.values().stream().filter(r -> r.physicalId().equals(name)).count() > 1;
  }

  private static boolean adopts(Resource resource) {
    return resource.properties().string("AdoptExisting").filter("true"::equals).isPresent();
  }

  /// A tag that others had set and the update stated: nothing records the former value, so the
  /// rollback can only remove the tag (2.1, R27). So can the rollback of a refused update that
  /// stated the same value.
  private static Set<String> tagsByHandAndStated(
      Operation operation, Resource resource, Look look) {
    return sentTo(operation, resource)
        .flatMap(sent ->
            wroteTags(sent) // a refused update changes none
                ? Rules.statedTags(sent.event.properties()).stream().filter(look.byHand()::contains)
                : alreadyThere(sent.event, resource, look))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// The tags that the event states, the repository has with the same value, and the resource did
  /// not state before.
  private static Stream<String> alreadyThere(Event event, Resource resource, Look look) {
    Set<String> statedBefore = Rules.statedTags(resource.properties());
    return Rules.statedTagValues(event.properties()).entrySet().stream()
        .filter(tag -> tag.getValue().equals(look.tags().get(tag.getKey())))
        .map(Map.Entry::getKey)
        .filter(key -> !statedBefore.contains(key));
  }

  private static boolean wroteTags(Lambda.Sent sent) {
    return sent.deliveries.stream()
        .flatMap(delivery -> delivery.writes.stream())
        .anyMatch(call -> call.operation().equals("TagResource"));
  }

  private static Stream<Lambda.Sent> sentTo(Operation operation, Resource resource) {
    return operation.sent.stream()
        .filter(sent -> sent.event.logicalId().equals(resource.logicalId()));
  }

  private static boolean wasRefused(Operation operation, Resource resource) {
    return sentTo(operation, resource).anyMatch(Checks::failed);
  }

  private static boolean failed(Lambda.Sent sent) {
    return sent.answer != null && sent.answer.string("Status").filter("FAILED"::equals).isPresent();
  }

  private boolean wasRecorded(Operation operation, Look look) {
    return !world.taggingDenied()
        && !look.stored().writers.containsKey(Rules.UNDATED)
        && operation.sent.stream()
            .allMatch(sent ->
                sent.event.dated()
                    && sent.troubles.stream().noneMatch(trouble -> trouble.kind() == Kind.DENIED));
  }

  /// What a person wrote and the resource never stated is still there.
  private void byHand(
      Operation operation, Resource resource, Look look, Look then, List<String> differences) {
    if (look.byHand().contains(Rules.POLICY)
        && wasRecorded(operation, look)
        && !countsAsOwn(operation, resource, look)
        && resource.properties().get("RepositoryPolicyText").isEmpty()
        && resource.properties().get("Access").isEmpty()) {
      Look.difference(differences, "policy by hand", look.policy(), then.policy());
    }
  }

  /// The record says nothing of who wrote a policy, and a refused update leaves none: so what
  /// others wrote counts as the resource's own if the resource stated the same.
  private boolean countsAsOwn(Operation operation, Resource resource, Look look) {
    Set<String> now =
        operation.sent.stream().map(sent -> sent.event.requestId()).collect(Collectors.toSet());
    return world.rules.wasStated(look.stored(), look.policy(), now)
        || sentTo(operation, resource)
            .filter(Checks::failed)
            .filter(sent -> keepsName(sent.event, resource))
            .anyMatch(sent -> Rules.statedPolicy(sent.event).equals(Optional.of(look.policy())));
  }

  /// What a rename stated, it stated of another repository.
  private static boolean keepsName(Event event, Resource resource) {
    return event
        .properties()
        .string("RepositoryName")
        .map(resource.physicalId()::equals)
        .orElseGet(() -> resource.properties().get("RepositoryName").isEmpty());
  }

  /// Of two deliveries of one Create, one deleted what the other one completed: ECR has no call
  /// that deletes only what nobody has changed since it was read.
  private static boolean deletedByTwin(Operation operation, Resource resource) {
    return sentTo(operation, resource)
        .filter(sent -> sent.troubles.stream().anyMatch(t -> t.kind() == Kind.TWICE_AT_ONCE))
        .flatMap(sent -> sent.deliveries.stream())
        .flatMap(delivery -> delivery.writes.stream())
        .anyMatch(call ->
            call.operation().equals("DeleteRepository")
                && call.repository().equals(resource.physicalId()));
  }

  /// The last event of this resource succeeded.
  private void settled(Operation operation, Resource resource) {
    String name = resource.physicalId();
    Stored live = world.ecr.stored(name);
    if (tainted(name)) {
      return;
    }
    if (live == null) {
      if (!deletedByTwin(operation, resource)) {
        world.violation(Invariant.CONVERGED, name + " does not exist");
      }
      return;
    }
    Stack stack = operation.stack;
    Owner owner = Owner.of(live.tags);
    if (!owner.equals(new Owner(stack.id, resource.logicalId()))) {
      if (!isShared(stack, name) && !operation.excused) {
        world.violation(Invariant.OWNED, name + " has " + live.tags);
      }
      return;
    }
    String previous = live.tags.get("ecrrepo:previous-owner");
    if (!operation.excused
        && previous != null
        && !stack.kept.contains(name)
        && !world.cloudFormation.madeLate.contains(name)
        && Stream.of(previous.split("/"))
            .anyMatch(former ->
                // No clean-up names it: its previous resource is elsewhere. The next update ends it
                // (2.3).
                !former.equals(live.writers.get(Rules.LEFT_BY))
                    && !former.equals(resource.logicalId()) // then it counts as none (2.3)
                    && !stack.resources.containsKey(former))) {
      world.violation(Invariant.OWNED, name + " keeps previous-owner " + live.tags);
    }
    boolean adoptedTag = "true".equals(live.tags.get("ecrrepo:adopted"));
    if (adoptedTag
        && stack.id.equals(live.writers.get(Rules.CREATOR))
        && !live.writers.containsKey(Rules.LEFT)
        && !stack.excused) {
      world.violation(Invariant.PURE_ADOPTION, name + " was made by this stack: " + live.tags);
    }
    boolean adopted = adoptedTag && adopts(resource);
    Optional<Stored> fresh =
        Fresh.repository(
            adopted ? withoutDefaults(resource.properties()) : resource.properties(),
            world.withoutGuardrails());
    if (fresh.isEmpty()) {
      return;
    }
    int known = world.violations.size();
    converged(operation, resource, Look.at(live), Look.at(fresh.get()), adopted);
    if (previous == null && !live.writers.containsKey(Rules.UNDATED)) {
      nextPlan(operation, resource);
    }
    if (world.violations.size() == known) {
      live.writers.put(Rules.CLEAN, true);
    }
  }

  /// The profile that adds nothing, where the template names none.
  private static JsonObject withoutDefaults(JsonObject properties) {
    Map<String, Json> members = new LinkedHashMap<>(properties.members());
    members.putIfAbsent("Profile", Json.of("Native"));
    return new JsonObject(members);
  }

  private void converged(
      Operation operation, Resource resource, Look live, Look fresh, boolean adopted) {
    JsonObject properties = resource.properties();
    boolean profile = properties.get("Profile").isPresent();
    List<String> found = new ArrayList<>();
    if (!adopted || profile || properties.get("ImageTagMutability").isPresent()) {
      Look.difference(found, "mutability", fresh.mutability(), live.mutability());
    }
    if (!adopted || profile || properties.get("ImageScanningConfiguration").isPresent()) {
      Look.difference(found, "scan", fresh.scan(), live.scan());
    }
    boolean statesLifecycle =
        LIFECYCLE_PROPERTIES.stream().anyMatch(p -> properties.get(p).isPresent());
    if (!adopted || statesLifecycle) {
      byDocument(found, "lifecycle", fresh.lifecycle(), live.lifecycle(), live, Rules.LIFECYCLE);
    }
    if (!found.isEmpty()) {
      world.violation(Invariant.CONVERGED, resource + ": " + found);
      found.clear();
    }
    if (!(live.stored().writers.containsKey(Rules.UNDATED)
        && (wasRefused(operation, resource) || operation.stack.excused))) {
      // Otherwise neither the record nor the old properties tell who wrote the policy (2.15): after
      // a refused update, or after a rollback that failed and was skipped.
      byDocument(found, "policy", fresh.policy(), live.policy(), live, Rules.POLICY);
    }
    if (!found.isEmpty()) {
      world.violation(Invariant.GRANTS_END, resource + ": " + found);
      found.clear();
    }
    if (!world.taggingDenied()) {
      fresh
          .tags()
          .forEach((key, value) -> {
            if (!value.equals(live.tags().get(key))) {
              found.add("tag " + key + " is " + live.tags().get(key));
            }
          });
      live.tags().keySet().stream()
          .filter(key -> !fresh.tags().containsKey(key) && !world.everRequired.contains(key))
          .filter(key -> live.stored().writers.get(Rules.TAG + key) instanceof Lambda.Sent)
          .filter(_ -> !operation.excused && !operation.stack.excused)
          .forEach(key -> found.add("tag " + key + " is left"));
    }
    if (!found.isEmpty()) {
      world.violation(Invariant.CONVERGED, resource + ": " + found);
    }
  }

  /// A document that is not stated may live, if a person wrote it.
  private static void byDocument(
      List<String> found, String what, String fresh, String live, Look look, String key) {
    boolean byPerson = Rules.PERSON.equals(look.stored().writers.get(key));
    if (!fresh.isEmpty() || !byPerson) {
      Look.difference(found, what, fresh, live);
    }
  }

  private void nextPlan(Operation operation, Resource resource) {
    FakeEcr copy = world.ecr.copy();
    Event event =
        new Event(
            "Update",
            "next",
            operation.stack.id,
            resource.logicalId(),
            resource.physicalId(),
            resource.properties(),
            resource.properties(),
            world.clock.instant().plusSeconds(2),
            true);
    Map<String, String> environment = new LinkedHashMap<>(world.settings().variables());
    environment.remove("ECRREPO_DEFAULT_TAGS"); // written by the next update, not by a take-over
    JsonObject answer = Fresh.answer(event, copy, environment, world.clock);
    List<String> writes = copy.writes();
    if (!writes.isEmpty() && !(world.taggingDenied() || operation.excused)) {
      world.violation(Invariant.PLAN_EMPTY, resource + ": " + writes);
    }
    if (answer.string("Status").filter("SUCCESS"::equals).isEmpty()) {
      world.violation(Invariant.PLAN_EMPTY, resource + ": " + answer.string("Reason").orElse(""));
    }
  }

  private void ended(Stack stack) {
    for (String name : world.ecr.names()) {
      Stored stored = world.ecr.stored(name);
      if (stack.id.equals(stored.tags.get("ecrrepo:stack-id"))
          && !stack.kept.contains(name)
          && !world.cloudFormation.madeLate.contains(name)
          && !world.cloudFormation.untold.contains(stored.tags.get("ecrrepo:created-by"))
          && !world.cloudFormation.untold.contains(stored.writers.get(Rules.TAKER))
          && !tainted(name)) {
        world.violation(Invariant.NOTHING_LEFT, name + " " + stored.tags);
      }
    }
  }
}
