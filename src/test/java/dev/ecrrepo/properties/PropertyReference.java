package dev.ecrrepo.properties;

import static dev.ecrrepo.properties.SchemaText.object;
import static dev.ecrrepo.properties.SchemaText.strings;

import dev.ecrrepo.TableOfContents;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes the reference of the properties out of the schema, in the shape of AWS's own pages.
final class PropertyReference {

  private static final String BEHAVIOURS =
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/"
          + "using-cfn-updating-stacks-update-behaviors.html";
  private static final String REPLACEMENT = "[Replacement](" + BEHAVIOURS + "#update-replacement)";
  private static final String NO_INTERRUPTION =
      "[No interruption](" + BEHAVIOURS + "#update-no-interrupt)";

  /// The links of the properties, which must differ from those of the types of the same name.
  private static final String TOP = "property-";

  private final SchemaText schema;
  private final List<String> blocks = new ArrayList<>();

  private PropertyReference(SchemaText schema) {
    this.schema = schema;
  }

  static String page(SchemaText schema) {
    PropertyReference reference = new PropertyReference(schema);
    reference.write();
    return TableOfContents.addTo(String.join("\n\n", reference.blocks) + "\n");
  }

  private void write() {
    add("<!-- Generated from schema/custom-ecrrepo.json by `make docs`; do not edit. -->");
    add("# " + schema.typeName());
    add(schema.document().string("description").orElseThrow());
    syntax();
    add("## Properties");
    describe(schema.properties(), TOP, List.of());
    add("## Profiles");
    add(
        "What each `Profile` stands for. A property that is stated takes precedence over its"
            + " profile. Lifecycle properties are added to the rules of the profile; a rule for the"
            + " same images replaces the one of the profile.");
    add(ProfileTable.markdown());
    add("## Property types");
    schema
        .definitions()
        .members()
        .forEach((name, definition) -> propertyType(name, (JsonObject) definition));
    returnValues();
    add("## Examples");
    schema.examples().forEach(this::example);
  }

  private void syntax() {
    JsonObject properties = schema.properties();
    String type = schema.typeName();
    String json =
        properties.members().entrySet().stream()
            .map(
                p -> "    \"" + p.getKey() + "\" : " + placeholder((JsonObject) p.getValue(), true))
            .collect(Collectors.joining(",\n"));
    add("## Syntax");
    add("### JSON");
    add(
        "```json\n{\n  \"Type\" : \""
            + type
            + "\",\n  \"Properties\" : {\n"
            + json
            + "\n  }\n}\n```");
    add("### YAML");
    add("```yaml\nType: " + type + "\nProperties:\n" + yaml(properties, "  ") + "\n```");
  }

  private void propertyType(String name, JsonObject definition) {
    if (definition.get("properties").isEmpty()) {
      return;
    }
    JsonObject members = object(definition, "properties");
    add("### " + name);
    add("```yaml\n" + yaml(members, "") + "\n```");
    describe(members, name.toLowerCase(Locale.ROOT) + "-", strings(definition, "required"));
  }

  private void describe(JsonObject properties, String prefix, List<String> required) {
    properties
        .members()
        .forEach((name, node) -> {
          String anchor = prefix + name.toLowerCase(Locale.ROOT);
          add("<a id=\"" + anchor + "\"></a>\n**`" + name + "`**");
          ((JsonObject) node).string("description").ifPresent(blocks::add);
          add(String.join("  \n", facts(name, (JsonObject) node, prefix.equals(TOP), required)));
        });
  }

  private List<String> facts(String name, JsonObject own, boolean top, List<String> required) {
    Map<String, String> notes = SchemaText.notes(own);
    JsonObject node = schema.resolved(own);
    JsonObject element = object(node, "items");
    JsonObject scalar = element.isEmpty() ? node : schema.resolved(element);
    List<String> facts = new ArrayList<>();
    facts.add(
        "*Required*: " + notes.getOrDefault("Required", required.contains(name) ? "Yes" : "No"));
    facts.add("*Type*: " + type(own));
    String choices =
        strings(scalar, "enum").stream().map(v -> "`" + v + "`").collect(Collectors.joining(", "));
    fact(facts, "Allowed values", Optional.of(choices).filter(text -> !text.isEmpty()));
    fact(
        facts,
        "Pattern",
        scalar.string("type").flatMap(_ -> scalar.string("pattern")).map(p -> "`" + p + "`"));
    fact(facts, "Minimum", number(scalar, "minimum"));
    fact(facts, "Maximum", number(scalar, "maximum"));
    String length = element.isEmpty() ? " length" : " length of each element";
    // A text of exactly one pattern's length has no maximum, and its minimum would say nothing.
    if (number(scalar, "maxLength").isPresent()) {
      fact(facts, "Minimum" + length, number(scalar, "minLength"));
      fact(facts, "Maximum" + length, number(scalar, "maxLength"));
    }
    fact(facts, "Minimum number of elements", number(node, "minItems"));
    fact(facts, "Maximum number of elements", number(node, "maxItems"));
    fact(
        facts,
        "Default",
        Optional.ofNullable(notes.get("Default"))
            .or(() -> own.get("default").map(value -> "`" + plain(value) + "`")));
    boolean replaces = top && schema.names("createOnlyProperties").contains(name);
    facts.add(
        "*Update requires*: "
            + notes.getOrDefault("Update requires", replaces ? REPLACEMENT : NO_INTERRUPTION));
    return facts;
  }

  private void returnValues() {
    add("## Return values");
    add("### Ref");
    add("`Ref` returns the repository's name, for example `team/app`.");
    add("### Fn::GetAtt");
    add("All attributes are strings and are always present.");
    List<String> names = new ArrayList<>(schema.names("primaryIdentifier"));
    names.addAll(schema.attributes());
    JsonObject properties = object(schema.document(), "properties");
    for (String name : names) {
      JsonObject node = object(properties, name);
      String description =
          name.equals("RepositoryName")
              ? "The repository's name, the same value as `Ref`."
              : node.string("description").orElseThrow();
      String example =
          strings(node, "examples").stream()
              .findFirst()
              .map(value -> " Example: `" + value + "`.")
              .orElse("");
      add("**`" + name + "`**\n\n" + description + example);
    }
  }

  private void example(JsonObject example) {
    add("### " + example.string("$comment").orElseThrow());
    add("```yaml\n" + ExampleTemplate.yaml(schema.typeName(), example) + "```");
  }

  private String yaml(JsonObject properties, String indent) {
    return properties.members().entrySet().stream()
        .map(property -> {
          JsonObject node = (JsonObject) property.getValue();
          String value = placeholder(node, false);
          boolean nested = isList(node) || isObject(node);
          String list = isList(node) ? "- " : "";
          return indent
              + property.getKey()
              + (nested ? ":\n" + indent + "  " + list + value : ": " + value);
        })
        .collect(Collectors.joining("\n"));
  }

  private boolean isList(JsonObject node) {
    return schema.resolved(node).string("type").equals(Optional.of("array"));
  }

  private boolean isObject(JsonObject node) {
    return schema.resolved(node).string("type").equals(Optional.of("object"));
  }

  /// The type's name as the syntax shows it.
  private String placeholder(JsonObject node, boolean json) {
    JsonObject resolved = schema.resolved(node);
    if (isList(node)) {
      String element = placeholder(object(resolved, "items"), json);
      return json ? "[ " + element + ", ... ]" : element;
    }
    if (isObject(node)) {
      return SchemaText.name(node.string("$ref").orElseThrow());
    }
    return scalarType(resolved);
  }

  private String type(JsonObject node) {
    JsonObject resolved = schema.resolved(node);
    if (isList(node)) {
      return "Array of " + type(object(resolved, "items"));
    }
    if (isObject(node)) {
      String name = SchemaText.name(node.string("$ref").orElseThrow());
      return "[" + name + "](#" + name.toLowerCase(Locale.ROOT) + ")";
    }
    return scalarType(resolved);
  }

  private static String scalarType(JsonObject node) {
    return switch (node.get("type").orElseThrow().toString()) {
      case "\"string\"" -> "String";
      case "\"boolean\"" -> "Boolean";
      case "\"integer\"" -> "Integer";
      case "[\"integer\",\"string\"]" -> "Integer or " + word(node);
      case "[\"object\",\"string\"]" -> "Json";
      default -> throw new IllegalStateException("type of " + node);
    };
  }

  /// The one word that a pattern allows beside an integer.
  private static String word(JsonObject node) {
    return node.string("pattern").orElseThrow().replaceAll("[$^]", "");
  }

  private static Optional<String> number(JsonObject node, String key) {
    return node.get(key).map(value -> "`" + value + "`");
  }

  private static String plain(Json value) {
    return value instanceof JsonString(String text) ? text : value.toString();
  }

  private static void fact(List<String> facts, String name, Optional<String> value) {
    value.ifPresent(text -> facts.add("*" + name + "*: " + text));
  }

  private void add(String block) {
    blocks.add(block);
  }
}
