package dev.ecrrepo.report;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.plan.Plan.Proceed;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The report on one resource, as JSON. docs/reports.md lists its members.
final class PlanJson {

  private final Map<String, Json> members = new LinkedHashMap<>();
  private final Optional<ObservedRepository> live;

  /// @param name of the repository that is meant
  PlanJson(String name, Optional<ObservedRepository> live) {
    this.live = live;
    members.put("repository", Json.of(name));
    members.put("exists", Json.of(live.isPresent()));
  }

  JsonObject document() {
    return Json.object(members);
  }

  /// The properties cannot be read, so nothing else is known.
  static JsonObject faults(List<Fault> faults) {
    return Json.object(
        Map.of("faults", Json.strings(faults.stream().map(Fault::toString).toList())));
  }

  /// The resource goes.
  static JsonObject removal(String name, DeletionPreview removal) {
    return Json.object(Map.of("removal", object(name, removal)));
  }

  /// The provider would do nothing, whatever its guardrails say.
  void refusal(String reason) {
    members.put("refusal", Json.of(reason));
  }

  void objections(List<String> objections) {
    members.put("objections", Json.strings(objections));
  }

  void plan(Proceed plan) {
    List<Json> changes = new ArrayList<>();
    boolean writesRecord = false;
    for (Change change : plan.changes()) {
      if (change instanceof Change.TagResource(var tags)
          && tags.keySet().equals(Set.of(AppliedRecord.TAG))) {
        writesRecord = true;
      } else {
        changes.add(change(change));
      }
    }
    members.put("takesOver", Json.of(plan.takesOver()));
    members.put("changes", Json.array(changes));
    members.put("writesRecord", Json.of(writesRecord));
    members.put("warnings", Json.strings(plan.warnings()));
  }

  void expiring(LifecyclePreview expiring) {
    members.put(
        "images",
        switch (expiring) {
          case LifecyclePreview.Counted(long count, long archiving) -> {
            Map<String, Json> counts = new LinkedHashMap<>();
            counts.put("expiring", Json.of(count));
            counts.put("archiving", Json.of(archiving));
            yield Json.object(counts);
          }
          case LifecyclePreview.Unknown(String why) -> Json.object(Map.of("unknown", Json.of(why)));
        });
  }

  /// The clean-up after the update ends the repository that the resource had until then.
  void replaces(String name, DeletionPreview removal) {
    members.put("removal", object(name, removal));
  }

  private static JsonObject object(String name, DeletionPreview removal) {
    Map<String, Json> object = new LinkedHashMap<>();
    object.put("repository", Json.of(name));
    object.put("deletes", Json.of(removal.deletes()));
    object.put("description", Json.of(removal.sentence()));
    return Json.object(object);
  }

  private JsonObject change(Change change) {
    Map<String, Json> object = new LinkedHashMap<>();
    object.put("operation", Json.of(change.getClass().getSimpleName()));
    object.put("description", Json.of(change.describe()));
    live.flatMap(change::valueBefore).ifPresent(text -> object.put("before", Json.of(text)));
    change.valueAfter().ifPresent(text -> object.put("after", Json.of(text)));
    return Json.object(object);
  }
}
