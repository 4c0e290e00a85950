package dev.ecrrepo.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a place in a document may hold: one node of the schema, its references resolved.
///
/// CloudFormation delivers every scalar as a string, so a boolean or an integer may be one.
public sealed interface Shape {

  /// Exactly these members; those that are required in the schema's order.
  record ObjectShape(Map<String, Shape> members, List<String> required) implements Shape {}

  /// A list of `min` to `max` elements.
  record ListShape(Shape elements, int min, int max, boolean unique) implements Shape {}

  /// `true` or `false`.
  record BooleanShape() implements Shape {}

  /// A decimal integer, or exactly the `word`.
  ///
  /// @param title what a valid value is, in words that continue "Write …"
  record IntegerShape(long min, long max, Optional<String> word, String title) implements Shape {}

  /// A string.
  ///
  /// @param definition the schema's name for this kind of string, where it has one
  /// @param allowedValues the only values; empty: any
  /// @param min characters, as Unicode code points
  /// @param title what a valid value is and looks like, in words that continue "is not …"
  record TextShape(
      Optional<String> definition,
      List<String> allowedValues,
      int min,
      int max,
      Optional<String> pattern,
      Optional<String> example,
      String title)
      implements Shape {}

  /// A policy document, as an object or as JSON text, that another schema or reader checks.
  record DocumentShape(String title) implements Shape {}

  /// Whether a value is one string, number or boolean.
  default boolean isScalar() {
    return switch (this) {
      case BooleanShape _, IntegerShape _, TextShape _ -> true;
      case ObjectShape _, ListShape _, DocumentShape _ -> false;
    };
  }
}
