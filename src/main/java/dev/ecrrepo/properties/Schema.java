package dev.ecrrepo.properties;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.properties.Shape.ObjectShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// The schema of the resource: the only list of property names, types, bounds and allowed values.
/// It is written as CloudFormation's resource type schemas are.
/// https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
///
/// @param typeName the resource's type
/// @param properties what a template may state
/// @param attributes what only `Fn::GetAtt` gives
public record Schema(String typeName, ObjectShape properties, Set<String> attributes) {

  /// Where the build packs it, beside this class.
  private static final String FILE = "custom-ecrrepo.json";

  /// The schema that this provider was built with.
  public static Schema load() {
    try (InputStream file = Schema.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not packed beside " + Schema.class.getName());
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      if (Json.parse(text) instanceof JsonObject document) {
        return SchemaReader.read(document);
      }
      throw new IllegalStateException(FILE + " is not an object");
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(FILE + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
