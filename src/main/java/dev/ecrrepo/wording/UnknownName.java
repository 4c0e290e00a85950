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

/// A name that the schema does not have at this place.
///
/// @param root the path of the document that the schema describes
/// @param here the object that has the name
/// @param parent the path of this object
public record UnknownName(
    Schema schema, JsonPath root, ObjectShape here, JsonPath parent, String name) {

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

  /// Shorter parts of a name are ambiguous.
  private static final int MIN_PART_LENGTH = 5;

  /// Says what is wrong with the name, and which one its author probably meant.
  public Fault fault() {
    JsonPath path = parent.member(name);
    if (parent.equals(JsonPath.ROOT) && RESOURCE_ATTRIBUTES.contains(name)) {
      return Fault.at(
          path,
          "is an attribute of the resource, not a property",
          "Write it at the same level as Properties, not in Properties.");
    }
    String problem =
        isReturnValue()
            ? "is a return value of Fn::GetAtt, not a property"
            : "is not a property of " + (isAtRoot() ? schema.typeName() : parent.text());
    return Fault.at(path, problem, remedy());
  }

  private boolean isAtRoot() {
    return parent.equals(root);
  }

  private boolean isReturnValue() {
    return isAtRoot() && schema.attributes().contains(name);
  }

  /// The member that was probably meant: the name is a misspelling of it, or its beginning or end.
  public static Optional<String> probableMember(ObjectShape here, String name) {
    return SpellingSuggestion.of(name, here.members().keySet()).or(() -> longer(here, name));
  }

  private static Optional<String> longer(ObjectShape here, String name) {
    List<String> longer =
        here.members().keySet().stream().filter(known -> isPart(known, name)).toList();
    return longer.size() == 1 ? Optional.of(longer.getFirst()) : Optional.empty();
  }

  private static boolean isPart(String known, String name) {
    return name.length() >= MIN_PART_LENGTH && (known.endsWith(name) || known.startsWith(name));
  }

  private String remedy() {
    return NamesInOtherTools.remedy(here, parent, name)
        .or(() -> correctedName().map(near -> "Write " + near + "."))
        .or(() -> nameAtRoot().map(top -> "Write " + top + " directly under Properties."))
        .or(() -> place(schema.properties(), "", name).map(place -> "Write it as " + place + "."))
        .or(() -> longerName().map(longer -> "Write " + longer + "."))
        .orElseGet(() ->
            isAtRoot()
                ? "Remove it."
                : "Remove it, or write " + Phrases.listed(here.members().keySet(), "or") + ".");
  }

  private Optional<String> correctedName() {
    return isReturnValue()
        ? Optional.empty()
        : SpellingSuggestion.of(name, here.members().keySet());
  }

  private Optional<String> nameAtRoot() {
    return root.equals(JsonPath.ROOT) && !isAtRoot()
        ? SpellingSuggestion.of(name, schema.properties().members().keySet())
        : Optional.empty();
  }

  private Optional<String> longerName() {
    return isReturnValue() ? Optional.empty() : longer(here, name);
  }

  /// The first place in the schema that has this name, ignoring case and punctuation.
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
