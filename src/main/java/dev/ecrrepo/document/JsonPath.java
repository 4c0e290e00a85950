package dev.ecrrepo.document;

import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The place of a value in a document, as a template author writes it:
/// `LifecycleRules[2].TagStatus`. The first element of a list has the position 0, as in
/// CloudFormation's own messages.
///
/// A path is one step from another path, so making one costs the same at any depth; its text is
/// made when somebody reads it.
public final class JsonPath {

  /// The document itself.
  public static final JsonPath ROOT = new JsonPath(Optional.empty(), "", -1);

  /// A longer key is cut.
  private static final int MAX_KEY_LENGTH = 60;

  private final Optional<JsonPath> parent;
  private final String key;
  private final int index;
  private final int hash;

  /// @param index negative for a member, which has a key instead
  private JsonPath(Optional<JsonPath> parent, String key, int index) {
    this.parent = parent;
    this.key = key;
    this.index = index;
    this.hash = 31 * (31 * parent.hashCode() + key.hashCode()) + index;
  }

  public static JsonPath of(String property) {
    return ROOT.member(property);
  }

  public JsonPath member(String name) {
    return new JsonPath(Optional.of(this), name, -1);
  }

  public JsonPath element(int position) {
    return new JsonPath(Optional.of(this), "", position);
  }

  /// The path of the object or list around it; empty for the root.
  public Optional<JsonPath> parent() {
    return parent;
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    for (JsonPath step : steps()) {
      step.append(text);
    }
    return text.toString();
  }

  private void append(StringBuilder text) {
    if (index >= 0) {
      text.append('[').append(index).append(']');
      return;
    }
    if (!text.isEmpty()) {
      text.append('.');
    }
    String shown =
        key.length() <= MAX_KEY_LENGTH ? key : key.substring(0, MAX_KEY_LENGTH - 1) + "…";
    text.append(isPlain(shown) ? shown : "'" + Characters.escaped(shown) + "'");
  }

  private static boolean isPlain(String key) {
    return !key.isEmpty()
        && key.chars().allMatch(c -> Ascii.isLetterOrDigit(c) || "_:/-".indexOf(c) >= 0);
  }

  /// The position of the value among its siblings, and of each value around it, the outermost
  /// first. Ends where the document has no such value. Paths that are sorted by these lists are in
  /// the order in which their values stand in the document.
  public List<Integer> positionsIn(Json document) {
    Deque<Integer> positions = new ArrayDeque<>();
    Optional<Json> here = Optional.of(document);
    for (Iterator<JsonPath> steps = steps().iterator(); steps.hasNext() && here.isPresent(); ) {
      here = steps.next().into(here.get(), positions);
    }
    return List.copyOf(positions);
  }

  private Optional<Json> into(Json container, Deque<Integer> positions) {
    if (container instanceof JsonArray(List<Json> elements)
        && index >= 0
        && index < elements.size()) {
      positions.add(index);
      return Optional.of(elements.get(index));
    }
    if (container instanceof JsonObject(Map<String, Json> members)
        && index < 0
        && members.containsKey(key)) {
      int position = 0;
      for (Iterator<String> keys = members.keySet().iterator(); !keys.next().equals(key); ) {
        position++;
      }
      positions.add(position);
      return Optional.of(members.get(key));
    }
    return Optional.empty();
  }

  /// From the root's child to this one.
  private Deque<JsonPath> steps() {
    Deque<JsonPath> steps = new ArrayDeque<>();
    for (JsonPath step = this; step.parent.isPresent(); step = step.parent.get()) {
      steps.addFirst(step);
    }
    return steps;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonPath path
        && hash == path.hash
        && index == path.index
        && key.equals(path.key)
        && parent.equals(path.parent);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return text();
  }
}
