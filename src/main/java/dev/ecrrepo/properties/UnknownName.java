package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.Nearest;
import dev.ecrrepo.properties.Shape.ListShape;
import dev.ecrrepo.properties.Shape.ObjectShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A name that the schema does not have at its place, and the one that was probably meant.
final class UnknownName {

  /// What stands beside `Properties` in a template.
  private static final Set<String> RESOURCE_ATTRIBUTES =
      Set.of(
          "Condition",
          "CreationPolicy",
          "DeletionPolicy",
          "DependsOn",
          "Metadata",
          "Type",
          "UpdatePolicy",
          "UpdateReplacePolicy");

  private static final int LEAST_PART = 5;

  private UnknownName() {}

  static Fault fault(Schema schema, ObjectShape here, JsonPath parent, String name) {
    boolean top = parent.equals(JsonPath.ROOT);
    JsonPath path = parent.member(name);
    if (top && RESOURCE_ATTRIBUTES.contains(name)) {
      return Fault.at(
          path,
          "is an attribute of the resource, not a property",
          "Write it beside Properties, not in it.");
    }
    boolean attribute = top && schema.attributes().contains(name);
    String problem =
        attribute
            ? "is what Fn::GetAtt gives, not a property"
            : "is not a property of " + (top ? schema.typeName() : parent.text());
    return Fault.at(path, problem, remedy(schema, here, parent, name, attribute));
  }

  /// The member that the name stands for: misspelt, or only its beginning or end.
  static Optional<String> meant(ObjectShape here, String name) {
    Optional<String> near = Nearest.of(name, here.members().keySet());
    if (near.isPresent()) {
      return near;
    }
    List<String> longer =
        here.members().keySet().stream().filter(known -> isPart(known, name)).toList();
    return longer.size() == 1 ? Optional.of(longer.getFirst()) : Optional.empty();
  }

  private static boolean isPart(String known, String name) {
    return name.length() >= LEAST_PART && (known.endsWith(name) || known.startsWith(name));
  }

  private static String remedy(
      Schema schema, ObjectShape here, JsonPath parent, String name, boolean attribute) {
    Optional<String> foreign = ForeignNames.remedy(parent, name);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    Optional<String> near = attribute ? Optional.empty() : meant(here, name);
    if (near.isPresent()) {
      return "Write " + near.get() + ".";
    }
    if (!parent.equals(JsonPath.ROOT)) {
      Optional<String> outside = Nearest.of(name, schema.properties().members().keySet());
      if (outside.isPresent()) {
        return "Write " + outside.get() + " directly under Properties.";
      }
    }
    Optional<String> elsewhere = place(schema.properties(), "", name);
    if (elsewhere.isPresent()) {
      return "Write it as " + elsewhere.get() + ".";
    }
    return parent.equals(JsonPath.ROOT)
        ? "Remove it."
        : "Remove it, or write " + Words.listed(here.members().keySet(), "or") + ".";
  }

  /// The first place in the schema that has this name, whatever its case.
  private static Optional<String> place(Shape shape, String path, String name) {
    return switch (shape) {
      case ListShape list -> place(list.elements(), path + "[0]", name);
      case ObjectShape object -> {
        String prefix = path.isEmpty() ? "" : path + ".";
        for (Map.Entry<String, Shape> member : object.members().entrySet()) {
          Optional<String> found =
              ForeignNames.letters(member.getKey()).equals(ForeignNames.letters(name))
                  ? Optional.of(prefix + member.getKey())
                  : place(member.getValue(), prefix + member.getKey(), name);
          if (found.isPresent()) {
            yield found;
          }
        }
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }
}
