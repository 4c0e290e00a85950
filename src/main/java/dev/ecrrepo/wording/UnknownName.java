package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.schema.Shape;
import dev.ecrrepo.schema.Shape.ListShape;
import dev.ecrrepo.schema.Shape.ObjectShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A name that the schema does not have at this place, and the one that its author probably meant.
public final class UnknownName {

  /// What a resource has beside `Properties` in a template.
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

  /// @param root where the document begins that the schema is for
  public static Fault fault(
      Schema schema, JsonPath root, ObjectShape here, JsonPath parent, String name) {
    boolean top = parent.equals(root);
    JsonPath path = parent.member(name);
    if (parent.equals(JsonPath.ROOT) && RESOURCE_ATTRIBUTES.contains(name)) {
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
    return Fault.at(path, problem, remedy(schema, root, here, parent, name, attribute));
  }

  /// The member whose name is probably meant: the name is misspelt, or only its beginning or end.
  public static Optional<String> probableMember(ObjectShape here, String name) {
    return SpellingSuggestion.of(name, here.members().keySet()).or(() -> longer(here, name));
  }

  private static Optional<String> longer(ObjectShape here, String name) {
    List<String> longer =
        here.members().keySet().stream().filter(known -> isPart(known, name)).toList();
    return longer.size() == 1 ? Optional.of(longer.getFirst()) : Optional.empty();
  }

  private static boolean isPart(String known, String name) {
    return name.length() >= LEAST_PART && (known.endsWith(name) || known.startsWith(name));
  }

  private static String remedy(
      Schema schema,
      JsonPath root,
      ObjectShape here,
      JsonPath parent,
      String name,
      boolean attribute) {
    Optional<String> foreign = NamesInOtherTools.remedy(here, parent, name);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    Optional<String> near =
        attribute ? Optional.empty() : SpellingSuggestion.of(name, here.members().keySet());
    if (near.isPresent()) {
      return "Write " + near.get() + ".";
    }
    if (root.equals(JsonPath.ROOT) && !parent.equals(root)) {
      Optional<String> outside =
          SpellingSuggestion.of(name, schema.properties().members().keySet());
      if (outside.isPresent()) {
        return "Write " + outside.get() + " directly under Properties.";
      }
    }
    Optional<String> elsewhere = place(schema.properties(), "", name);
    if (elsewhere.isPresent()) {
      return "Write it as " + elsewhere.get() + ".";
    }
    Optional<String> longer = attribute ? Optional.empty() : longer(here, name);
    if (longer.isPresent()) {
      return "Write " + longer.get() + ".";
    }
    return parent.equals(root)
        ? "Remove it."
        : "Remove it, or write " + Phrases.listed(here.members().keySet(), "or") + ".";
  }

  /// The first place in the schema that has this name, whatever its case.
  private static Optional<String> place(Shape shape, String path, String name) {
    return switch (shape) {
      case ListShape list -> place(list.elements(), path + "[0]", name);
      case ObjectShape object -> {
        String prefix = path.isEmpty() ? "" : path + ".";
        for (Map.Entry<String, Shape> member : object.members().entrySet()) {
          Optional<String> found =
              NamesInOtherTools.letters(member.getKey()).equals(NamesInOtherTools.letters(name))
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
