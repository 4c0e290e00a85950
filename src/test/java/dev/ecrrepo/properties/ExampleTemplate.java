package dev.ecrrepo.properties;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An example of the schema as the YAML of a template.
final class ExampleTemplate {

  private ExampleTemplate() {}

  static String yaml(String type, JsonObject example) {
    Map<String, Json> properties = new LinkedHashMap<>(example.members());
    properties.remove("$comment");
    Map<String, Json> resource = new LinkedHashMap<>();
    resource.put("Type", Json.of(type));
    resource.put("Properties", new JsonObject(properties));
    StringBuilder text = new StringBuilder();
    write(
        text,
        new JsonObject(
            Map.of("Resources", new JsonObject(Map.of("Repository", new JsonObject(resource))))),
        "");
    return text.toString();
  }

  private static void write(StringBuilder text, JsonObject object, String indent) {
    String before = indent;
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      text.append(before).append(member.getKey()).append(':');
      value(text, member.getValue(), indent);
      before = text.charAt(text.length() - 1) == '\n' ? indent : before;
    }
  }

  private static void value(StringBuilder text, Json value, String indent) {
    switch (value) {
      case JsonObject object when object.get("Fn::ImportValue").isPresent() ->
          text.append(" !ImportValue ")
              .append(object.string("Fn::ImportValue").orElseThrow())
              .append('\n');
      case JsonObject object -> {
        text.append('\n');
        write(text, object, indent + "  ");
      }
      case JsonArray(List<Json> elements) -> {
        text.append('\n');
        for (Json element : elements) {
          element(text, element, indent + "  ");
        }
      }
      default -> text.append(' ').append(scalar(value)).append('\n');
    }
  }

  private static void element(StringBuilder text, Json element, String indent) {
    if (element instanceof JsonObject object) {
      StringBuilder members = new StringBuilder();
      write(members, object, indent + "  ");
      text.append(indent).append("- ").append(members.substring(indent.length() + 2));
    } else {
      text.append(indent).append("- ").append(scalar(element)).append('\n');
    }
  }

  /// Quoted where YAML would read something else than a string.
  private static String scalar(Json value) {
    if (!(value instanceof JsonString(String text))) {
      return value.toString();
    }
    return text.matches("[A-Za-z][A-Za-z0-9/_.+:*-]*")
            && !text.matches("(?i)true|false|yes|no|null")
        ? text
        : "'" + text + "'";
  }
}
