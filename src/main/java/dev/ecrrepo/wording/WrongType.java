package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.Scalars;
import dev.ecrrepo.schema.Shape;
import dev.ecrrepo.schema.Shape.DocumentShape;
import dev.ecrrepo.schema.Shape.ListShape;
import dev.ecrrepo.schema.Shape.ObjectShape;
import java.util.Optional;

/// A value of another type than the schema has at its place.
public final class WrongType {

  private WrongType() {}

  public static Fault fault(JsonPath path, Json json, Shape shape) {
    String kind =
        switch (shape) {
          case ObjectShape _ -> "an object";
          case ListShape _ -> "a list";
          case DocumentShape _ -> "an object";
          default -> ValidValue.of(shape);
        };
    return Fault.at(path, Quotation.of(json, path) + "is not " + kind, remedy(path, json, shape));
  }

  /// A document as JSON text that was made JSON text once more.
  public static Optional<Fault> quotedTwice(JsonPath path, Json document) {
    return isObjectText(document)
        ? Optional.of(
            Fault.at(
                path,
                "is JSON text inside JSON text",
                "Remove the outer quotes, and the backslashes before the inner ones."))
        : Optional.empty();
  }

  private static boolean isObjectText(Json json) {
    return json instanceof JsonString(String text) && text.stripLeading().startsWith("{");
  }

  private static String remedy(JsonPath path, Json json, Shape shape) {
    return switch (shape) {
      case ListShape _ when MisplacedLifecyclePolicy.isPolicy(json, path) ->
          "ECR's own document belongs under LifecyclePolicy.LifecyclePolicyText.";
      case ListShape _ when json instanceof JsonString(String text) && text.contains(",") ->
          "Write a list, one element for each part; Fn::Split and parameters of the type"
              + " CommaDelimitedList make one.";
      case ListShape list
          when list.elements() instanceof ObjectShape elements
              && json instanceof JsonObject object
              && elements.members().keySet().containsAll(object.members().keySet()) ->
          "Put it in a list, as its only element.";
      case ListShape list when list.elements() instanceof ObjectShape ->
          "Write " + ValidValue.of(list) + ".";
      case ListShape _ when Scalars.text(json).isPresent() ->
          "Write a list: [" + Fault.quote(json) + "].";
      case ObjectShape object when isObjectText(json) ->
          "Write " + ValidValue.of(object) + " instead of JSON text.";
      default -> "Write " + ValidValue.of(shape) + ".";
    };
  }
}
