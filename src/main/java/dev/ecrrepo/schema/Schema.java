package dev.ecrrepo.schema;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.schema.Shape.ObjectShape;
import dev.ecrrepo.schema.Shape.TextShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/// What a document may hold: the only list of its names, types, bounds and allowed values. Written
/// as CloudFormation's resource type schemas are.
/// https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
///
/// @param typeName the resource's type, or what the document is
/// @param properties what an author may write
/// @param attributes what only `Fn::GetAtt` gives
/// @param definitions the shapes that have names of their own
public record Schema(
    String typeName,
    ObjectShape properties,
    Set<String> attributes,
    Map<String, Shape> definitions) {

  /// The shape of a kind of string.
  ///
  /// @throws IllegalArgumentException where no string is defined under this name
  public TextShape text(String definition) {
    if (definitions.get(definition) instanceof TextShape text) {
      return text;
    }
    throw new IllegalArgumentException("The schema defines no string " + definition + ".");
  }

  /// The schema of the resource that this provider was built with.
  public static Schema load() {
    return load("custom-ecrrepo.json");
  }

  /// @param file that the build packs beside this class
  public static Schema load(String file) {
    try (InputStream content = Schema.class.getResourceAsStream(file)) {
      if (content == null) {
        throw new IllegalStateException(file + " is not packed beside " + Schema.class.getName());
      }
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      if (Json.parse(text) instanceof JsonObject document) {
        return SchemaReader.read(document);
      }
      throw new IllegalStateException(file + " is not an object");
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
