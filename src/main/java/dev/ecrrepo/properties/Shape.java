package dev.ecrrepo.properties;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a place in the properties may hold: one node of the schema, its references resolved.
///
/// CloudFormation delivers every scalar as a string, so each kind says what its text may be.
sealed interface Shape {

  /// What a valid value is, in words that continue "Write …".
  String words();

  /// Exactly these members.
  record ObjectShape(Map<String, Shape> members, Set<String> required) implements Shape {
    @Override
    public String words() {
      return members.size() > 6
          ? "an object"
          : "an object with " + Words.listed(members.keySet(), required.isEmpty() ? "or" : "and");
    }
  }

  /// A list of `min` to `max` elements.
  record ListShape(Shape elements, int min, int max, boolean unique) implements Shape {
    @Override
    public String words() {
      return switch (elements) {
        case ObjectShape object when object.members().size() <= 6 ->
            "a list of objects with " + Words.listed(object.members().keySet(), "and");
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

  /// A decimal integer; where `word` is given also the word that matches it.
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
