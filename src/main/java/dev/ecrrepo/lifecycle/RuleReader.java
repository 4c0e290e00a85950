package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.Limit.DaysSinceArchived;
import dev.ecrrepo.lifecycle.Limit.DaysSincePull;
import dev.ecrrepo.lifecycle.Limit.DaysSincePush;
import dev.ecrrepo.lifecycle.Limit.NewestImages;
import dev.ecrrepo.lifecycle.Selection.Patterns;
import dev.ecrrepo.lifecycle.Selection.Prefixes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// One element of `LifecycleRules`, as the author wrote it.
final class RuleReader {

  private static final List<String> LIMITS =
      List.of("MaxImageCount", "MaxImageAgeDays", "DaysSinceLastPull", "DaysSinceArchived");
  private static final List<String> TAG_LISTS =
      List.of("TagPrefixList", "TagPatternList", "ForEachTagPattern");

  private final JsonObject rule;
  private final JsonPath at;
  private final List<Fault> faults;

  private RuleReader(JsonObject rule, JsonPath at, List<Fault> faults) {
    this.rule = rule;
    this.at = at;
    this.faults = faults;
  }

  /// One rule, or one for each pattern of `ForEachTagPattern`; none where something is wrong.
  static List<SourcedRule> read(Json element, JsonPath at, List<Fault> faults) {
    if (Fault.enough(faults)) {
      return List.of();
    }
    if (!(element instanceof JsonObject rule)) {
      faults.add(
          Fault.at(
              at,
              "is " + element.kind() + ", not a rule",
              "Write an object such as {\"TagStatus\": \"any\", \"MaxImageCount\": 100}."));
      return List.of();
    }
    return new RuleReader(rule, at, faults).rules();
  }

  private List<SourcedRule> rules() {
    int before = faults.size();
    List<SourcedSelection> selections = selections();
    Optional<Limit> limit = limit();
    Optional<Action> action = word("Action", "Expire", "Archive").map(this::action);
    Optional<StorageClass> storage = word("StorageClass", "Standard", "Archive").map(this::storage);
    limit.ifPresent(known -> join(known, action, storage));
    if (faults.size() > before || limit.isEmpty()) {
      return List.of();
    }
    boolean archived = limit.get() instanceof DaysSinceArchived;
    boolean archives = limit.get() instanceof DaysSincePull;
    return selections.stream()
        .map(selection ->
            new SourcedRule(
                selection.source(),
                new LifecycleRule(
                    rule.string("Description").filter(text -> !text.isEmpty()),
                    selection.selection(),
                    archived ? StorageClass.ARCHIVE : StorageClass.STANDARD,
                    limit.get(),
                    action.orElse(archives ? Action.ARCHIVE : Action.EXPIRE))))
        .toList();
  }

  private record SourcedSelection(JsonPath source, Selection selection) {}

  private List<SourcedSelection> selections() {
    List<String> lists = stated(TAG_LISTS);
    Optional<String> status = word("TagStatus", "tagged", "untagged", "any");
    if (lists.isEmpty()) {
      if (status.equals(Optional.of("tagged"))) {
        fault(
            at,
            "has the tag status tagged and does not say which tags",
            "Add TagPatternList, with \"*\" for every tag.");
      }
      Selection all =
          status.equals(Optional.of("untagged")) ? new Selection.Untagged() : new Selection.All();
      return List.of(new SourcedSelection(at, all));
    }
    if (lists.size() > 1) {
      fault(
          at,
          "has " + String.join(" and ", lists) + ", a rule takes one of them",
          "Keep one; every prefix can be written as a pattern (\"v\" is \"v*\").");
    }
    status
        .filter(word -> !word.equals("tagged"))
        .ifPresent(word ->
            fault(
                at.member(lists.getFirst()),
                "does not go with the tag status " + word,
                "Remove it, or write tagged as the TagStatus."));
    List<SourcedSelection> selections = new ArrayList<>();
    lists.forEach(list -> addSelections(list, selections));
    return selections;
  }

  private void addSelections(String list, List<SourcedSelection> selections) {
    JsonPath place = at.member(list);
    Json value = rule.members().get(list);
    int before = faults.size();
    List<Json> elements = TagPattern.elements(value, place, faults);
    if (elements.isEmpty()) {
      if (faults.size() == before) {
        fault(place, "is empty", "List at least one, or remove the property.");
      }
      return;
    }
    if (list.equals("TagPrefixList")) {
      List<String> prefixes = new ArrayList<>();
      for (int i = 0; i < elements.size() && !Fault.enough(faults); i++) {
        TagPattern.readPrefix(elements.get(i), place.element(i), faults).ifPresent(prefixes::add);
      }
      selections.add(new SourcedSelection(at, new Prefixes(prefixes)));
      return;
    }
    List<TagPattern.Placed> patterns = TagPattern.readAll(value, place, faults);
    if (list.equals("ForEachTagPattern")) {
      for (TagPattern.Placed one : patterns) {
        selections.add(new SourcedSelection(one.at(), Patterns.of(one.pattern())));
      }
    } else {
      selections.add(
          new SourcedSelection(
              at, new Patterns(patterns.stream().map(TagPattern.Placed::pattern).toList())));
    }
  }

  private Optional<Limit> limit() {
    List<Limit> limits = new ArrayList<>();
    addLimit("MaxImageCount", 1, "a number of images such as 10", NewestImages::new, limits);
    addLimit("MaxImageAgeDays", 1, "a number of days such as 14", DaysSincePush::new, limits);
    addLimit("DaysSinceLastPull", 1, "a number of days such as 60", DaysSincePull::new, limits);
    addLimit(
        "DaysSinceArchived",
        DaysSinceArchived.MINIMUM,
        "a number of days from " + DaysSinceArchived.MINIMUM,
        DaysSinceArchived::new,
        limits);
    List<String> stated = stated(LIMITS);
    if (stated.isEmpty()) {
      fault(at, "has no limit", "Add one of " + String.join(", ", LIMITS) + ".");
    }
    if (stated.size() > 1) {
      fault(
          at,
          "has "
              + stated.size()
              + " limits ("
              + String.join(", ", stated)
              + "), a rule has exactly one",
          "Keep the one that matters most; ECR takes no second rule for the same images.");
      return Optional.empty();
    }
    return limits.stream().findFirst();
  }

  private void addLimit(
      String key, int least, String wanted, IntFunction<Limit> limit, List<Limit> limits) {
    rule.get(key)
        .flatMap(value -> WholeNumber.read(value, at.member(key), least, wanted, faults))
        .ifPresent(number -> limits.add(limit.apply(number)));
  }

  /// What the limit allows besides itself.
  private void join(Limit limit, Optional<Action> action, Optional<StorageClass> storage) {
    boolean archived = limit instanceof DaysSinceArchived;
    if (limit instanceof DaysSincePull && action.equals(Optional.of(Action.EXPIRE))) {
      fault(
          at.member("Action"),
          "is Expire, but by its last pull ECR only archives an image",
          "Write Archive, and let a second rule with DaysSinceArchived: 90 expire what was"
              + " archived; or use MaxImageAgeDays.");
    }
    if (archived && action.equals(Optional.of(Action.ARCHIVE))) {
      fault(
          at.member("Action"),
          "is Archive, but DaysSinceArchived is for images that are archived already",
          "Write Expire, or use DaysSinceLastPull, MaxImageAgeDays or MaxImageCount.");
    }
    if (archived && storage.equals(Optional.of(StorageClass.STANDARD))) {
      fault(
          at.member("StorageClass"),
          "is Standard, but DaysSinceArchived is for archived images",
          "Write Archive, or remove StorageClass.");
    }
    if (!archived && storage.equals(Optional.of(StorageClass.ARCHIVE))) {
      fault(
          at.member("StorageClass"),
          "is Archive, but for archived images ECR knows one limit, DaysSinceArchived",
          "Use DaysSinceArchived: 90 or more as the rule's limit, or remove StorageClass.");
    }
  }

  private Action action(String word) {
    return word.equals("Archive") ? Action.ARCHIVE : Action.EXPIRE;
  }

  private StorageClass storage(String word) {
    return word.equals("Archive") ? StorageClass.ARCHIVE : StorageClass.STANDARD;
  }

  private Optional<String> word(String key, String... words) {
    Optional<Json> value = rule.get(key);
    for (String word : words) {
      if (value.equals(Optional.of(new JsonString(word)))) {
        return Optional.of(word);
      }
    }
    value.ifPresent(other ->
        fault(
            at.member(key),
            Fault.quote(other) + " is not known here",
            "Write one of " + String.join(", ", words) + "."));
    return Optional.empty();
  }

  private List<String> stated(List<String> keys) {
    return keys.stream().filter(rule.members()::containsKey).toList();
  }

  private void fault(JsonPath path, String problem, String remedy) {
    faults.add(Fault.at(path, problem, remedy));
  }
}
