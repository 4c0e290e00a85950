package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.properties.Shape.DocumentShape;
import dev.ecrrepo.properties.Shape.ListShape;
import dev.ecrrepo.properties.Shape.ObjectShape;

/// A value of another kind than the schema has at its place.
final class WrongKind {

  private WrongKind() {}

  static Fault fault(JsonPath path, Json json, Shape shape) {
    String kind =
        switch (shape) {
          case ObjectShape _ -> "an object";
          case ListShape _ -> "a list";
          case DocumentShape _ -> "an object";
          default -> shape.words();
        };
    return Fault.at(path, Quotation.of(json, path) + "is not " + kind, remedy(json, shape));
  }

  private static String remedy(Json json, Shape shape) {
    return switch (shape) {
      case ListShape(Shape _, int _, int _, boolean _)
          when json instanceof JsonString(String text) && text.contains(",") ->
          "Write a list, one element for each part; Fn::Split and parameters of the type"
              + " CommaDelimitedList make one.";
      case ListShape(ObjectShape elements, int _, int _, boolean _)
          when json instanceof JsonObject object
              && elements.members().keySet().containsAll(object.members().keySet()) ->
          "Make it the element of a list.";
      case ListShape list when list.elements() instanceof ObjectShape ->
          "Write " + list.words() + ".";
      case ListShape _ when Scalars.text(json).isPresent() ->
          "Write a list: [" + Fault.quote(json) + "].";
      case ObjectShape object
          when json instanceof JsonString(String text) && text.startsWith("{") ->
          "Write " + object.words() + " instead of JSON text.";
      default -> "Write " + shape.words() + ".";
    };
  }
}
