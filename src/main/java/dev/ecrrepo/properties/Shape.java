package dev.ecrrepo.properties;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a place in the properties may hold: one node of the schema, its references resolved.
///
/// CloudFormation delivers every scalar as a string, so each kind says what its text may be.
sealed interface Shape {

  /// What a valid value is, in words that continue "Write …".
  String words();

  /// Exactly these members; those that are required in the schema's order.
  record ObjectShape(Map<String, Shape> members, List<String> required) implements Shape {

    private static final int MANY = 6;

    @Override
    public String words() {
      if (!required.isEmpty()) {
        return "an object with " + Words.listed(required, "and");
      }
      return members.size() > MANY
          ? "an object"
          : "an object with " + Words.listed(members.keySet(), "or");
    }
  }

  /// A list of `min` to `max` elements.
  record ListShape(Shape elements, int min, int max, boolean unique) implements Shape {
    @Override
    public String words() {
      return switch (elements) {
        case ObjectShape(Map<String, Shape> _, List<String> required) when !required.isEmpty() ->
            "a list of objects with " + Words.listed(required, "and");
        case ObjectShape _ -> "a list of objects";
        case TextShape(
                Optional<String> _,
                List<String> _,
                int _,
                int _,
                Optional<String> _,
                Optional<String> example,
                String _)
            when example.isPresent() ->
            "a list such as [\"" + example.get() + "\"]";
        default -> "a list";
      };
    }
  }

  /// `true` or `false`.
  record BooleanShape() implements Shape {
    @Override
    public String words() {
      return "true or false";
    }
  }

  /// A decimal integer, or exactly the `word`.
  record IntegerShape(long min, long max, Optional<String> word, String words) implements Shape {}

  /// A string.
  ///
  /// @param definition the schema's name for this kind of string, where it has one
  /// @param choices the only values; empty: any
  /// @param min characters, as Unicode code points
  /// @param rule what a valid value is and looks like, in words that continue "is not …"
  record TextShape(
      Optional<String> definition,
      List<String> choices,
      int min,
      int max,
      Optional<String> pattern,
      Optional<String> example,
      String rule)
      implements Shape {

    /// The rule without its details, and a value to follow.
    @Override
    public String words() {
      if (!choices.isEmpty()) {
        return Words.listed(choices, "or");
      }
      return example.map(value -> noun() + " such as \"" + value + "\"").orElse(rule);
    }

    private String noun() {
      int details = rule.indexOf(": ");
      return details < 0 ? rule : rule.substring(0, details);
    }
  }

  /// A policy document, as an object or as JSON text; those who know its grammar read it.
  record DocumentShape(String words) implements Shape {}
}
