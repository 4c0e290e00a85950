package dev.ecrrepo.wording;

import dev.ecrrepo.schema.Shape;
import dev.ecrrepo.schema.Shape.BooleanShape;
import dev.ecrrepo.schema.Shape.DocumentShape;
import dev.ecrrepo.schema.Shape.IntegerShape;
import dev.ecrrepo.schema.Shape.ListShape;
import dev.ecrrepo.schema.Shape.ObjectShape;
import dev.ecrrepo.schema.Shape.TextShape;

/// What a valid value is, in words that continue "Write …".
public final class ValidValue {

  /// An object with more members is described without their names.
  private static final int MANY = 7;

  private ValidValue() {}

  public static String of(Shape shape) {
    return switch (shape) {
      case ObjectShape object -> object(object);
      case ListShape list -> list(list.elements());
      case BooleanShape _ -> "true or false";
      case IntegerShape integer -> integer.title();
      case TextShape text -> text(text);
      case DocumentShape document -> document.title();
    };
  }

  private static String object(ObjectShape shape) {
    if (!shape.required().isEmpty()) {
      return "an object with " + Phrases.listed(shape.required(), "and");
    }
    return shape.members().size() >= MANY
        ? "an object"
        : "an object with " + Phrases.listed(shape.members().keySet(), "or");
  }

  private static String list(Shape elements) {
    return switch (elements) {
      case ObjectShape object when !object.required().isEmpty() ->
          "a list of objects with " + Phrases.listed(object.required(), "and");
      case ObjectShape _ -> "a list of objects";
      case TextShape text when text.example().isPresent() ->
          "a list such as [\"" + text.example().get() + "\"]";
      default -> "a list";
    };
  }

  /// The title without its details, and a value to follow.
  private static String text(TextShape shape) {
    if (!shape.allowedValues().isEmpty()) {
      return Phrases.listed(shape.allowedValues(), "or");
    }
    String title = shape.title();
    int details = title.indexOf(": ");
    String noun = details < 0 ? title : title.substring(0, details);
    return shape.example().map(value -> noun + " such as \"" + value + "\"").orElse(title);
  }
}
