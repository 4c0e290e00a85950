package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonNull;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.properties.Shape.BooleanShape;
import dev.ecrrepo.properties.Shape.DocumentShape;
import dev.ecrrepo.properties.Shape.IntegerShape;
import dev.ecrrepo.properties.Shape.ListShape;
import dev.ecrrepo.properties.Shape.ObjectShape;
import dev.ecrrepo.properties.Shape.TextShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Walks properties along the schema and collects every fault.
final class SchemaCheck {

  private final Schema schema;
  private final List<Fault> faults = new ArrayList<>();
  private final List<Fault> vague = new ArrayList<>();

  private SchemaCheck(Schema schema) {
    this.schema = schema;
  }

  static SchemaCheck of(Schema schema, JsonObject properties) {
    SchemaCheck check = new SchemaCheck(schema);
    check.object(properties, schema.properties(), JsonPath.ROOT);
    return check;
  }

  /// Values of a wrong kind, unknown names, …: nobody can say more about them.
  List<Fault> faults() {
    return List.copyOf(faults);
  }

  /// Strings that do not match their pattern, where a reader of their meaning may say it better.
  List<Fault> vague() {
    return List.copyOf(vague);
  }

  private boolean enough() {
    return faults.size() + vague.size() >= Fault.ENOUGH;
  }

  boolean passed() {
    return faults.isEmpty() && vague.isEmpty();
  }

  private void value(Json json, Shape shape, JsonPath path, Absence absence) {
    if (json instanceof JsonNull) {
      fault(path, "is null", "Write " + shape.words() + absence.insteadOfNull() + ".");
      return;
    }
    if (json instanceof JsonString(String text) && text.isEmpty() && !allowsEmpty(shape)) {
      fault(path, "\"\" is empty", "Write " + shape.words() + absence.insteadOfNothing() + ".");
      return;
    }
    switch (shape) {
      case ObjectShape object -> {
        if (json instanceof JsonObject members) {
          object(members, object, path);
        } else {
          faults.add(WrongKind.fault(path, json, object));
        }
      }
      case ListShape list -> {
        if (json instanceof JsonArray(List<Json> elements)) {
          list(elements, list, path);
        } else {
          faults.add(WrongKind.fault(path, json, list));
        }
      }
      case DocumentShape document -> {
        if (!(json instanceof JsonObject || json instanceof JsonString)) {
          faults.add(WrongKind.fault(path, json, document));
        }
      }
      case BooleanShape _ -> ScalarCheck.bool(json, path).ifPresent(faults::add);
      case IntegerShape integer -> ScalarCheck.integer(json, integer, path).ifPresent(faults::add);
      case TextShape text -> {
        faults.addAll(TextCheck.check(json, text, path));
        if (!TextCheck.matches(json, text)) {
          TextCheck.explained(json, text, path)
              .ifPresentOrElse(
                  faults::add, () -> vague.add(TextCheck.unexplained(json, text, path)));
        }
      }
    }
  }

  private static boolean allowsEmpty(Shape shape) {
    return shape instanceof TextShape text && text.choices().isEmpty() && text.min() == 0;
  }

  private void object(JsonObject json, ObjectShape shape, JsonPath path) {
    Set<String> meant = new HashSet<>();
    for (Map.Entry<String, Json> member : json.members().entrySet()) {
      if (enough()) {
        return;
      }
      String name = member.getKey();
      Shape known = shape.members().get(name);
      if (known == null) {
        meant.addAll(UnknownName.meant(shape, name).stream().toList());
        faults.add(UnknownName.fault(schema, shape, path, name));
      } else {
        Absence absence = shape.required().contains(name) ? Absence.REQUIRED : Absence.OPTIONAL;
        value(member.getValue(), known, path.member(name), absence);
      }
    }
    for (Map.Entry<String, Shape> member : shape.members().entrySet()) {
      String name = member.getKey();
      boolean absent = !json.members().containsKey(name) && !meant.contains(name);
      if (shape.required().contains(name) && absent) {
        fault(path.member(name), "is missing", "Write " + member.getValue().words() + ".");
      }
    }
  }

  private void list(List<Json> elements, ListShape shape, JsonPath path) {
    if (elements.isEmpty() && shape.min() > 0) {
      fault(path, "the list is empty", "Write " + shape.words() + ", or leave the property out.");
    }
    if (elements.size() > shape.max()) {
      fault(
          path,
          "has "
              + Words.count(elements.size(), "element")
              + ", at most "
              + shape.max()
              + " are allowed",
          "Remove " + (elements.size() - shape.max()) + ".");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < Math.min(elements.size(), shape.max()) && !enough(); i++) {
      Json element = elements.get(i);
      Optional<String> text = Scalars.text(element);
      if (shape.unique() && text.isPresent() && !seen.add(text.get())) {
        fault(path.element(i), Fault.quote(element) + " is in the list already", "Remove it.");
      } else {
        value(element, shape.elements(), path.element(i), Absence.ELEMENT);
      }
    }
  }

  private void fault(JsonPath path, String problem, String remedy) {
    faults.add(Fault.at(path, problem, remedy));
  }
}
