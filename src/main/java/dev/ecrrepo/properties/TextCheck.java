package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.Nearest;
import dev.ecrrepo.properties.Shape.TextShape;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is wrong with a string, and what its author meant.
final class TextCheck {

  /// A text of so many characters may be too long and wrong besides, and then both is told.
  private static final int TRIED = 1_000;

  private TextCheck() {}

  /// Everything but the pattern.
  static List<Fault> check(Json json, TextShape shape, JsonPath path) {
    Optional<String> scalar = Scalars.text(json);
    if (scalar.isEmpty()) {
      return List.of(
          Fault.at(
              path,
              Quotation.of(json, path) + "is " + json.kind() + ", not a string",
              "Write " + shape.words() + "."));
    }
    String text = scalar.get();
    return shape.choices().isEmpty()
        ? length(text, shape, path)
        : choice(text, shape, path).stream().toList();
  }

  /// Or far too long, which is told by [#check]: no pattern is tried with such a text.
  static boolean matches(Json json, TextShape shape) {
    Optional<String> text = Scalars.text(json);
    return text.isEmpty()
        || isTooLong(text.get(), shape)
        || shape.pattern().isEmpty()
        || (Pattern.matches(shape.pattern().get(), text.get()) && !isMistaken(text.get(), shape));
  }

  /// What no pattern can tell.
  private static boolean isMistaken(String text, TextShape shape) {
    return switch (shape.definition().orElse("")) {
      case "TagKey" -> ReservedTagKeys.isOurs(text);
      case "RepositoryName" -> WrongRepositoryName.isUri(text);
      default -> false;
    };
  }

  private static boolean isTooLong(String text, TextShape shape) {
    return text.length() > Math.max(TRIED, shape.max());
  }

  /// Why exactly the pattern does not match, where that is known.
  static Optional<Fault> explained(Json json, TextShape shape, JsonPath path) {
    String text = Scalars.text(json).orElse("");
    return shape.definition().flatMap(definition -> Explanations.explain(definition, text, path));
  }

  /// That the pattern does not match, with the schema's words for what does.
  static Fault unexplained(Json json, TextShape shape, JsonPath path) {
    Json text = Json.of(Scalars.text(json).orElse(""));
    return Fault.at(
        path, Quotation.of(text, path) + "is not " + shape.rule(), "Write " + shape.words() + ".");
  }

  private static List<Fault> length(String text, TextShape shape, JsonPath path) {
    int length = text.codePointCount(0, text.length());
    String has = Quotation.of(Json.of(text), path) + "has " + Words.count(length, "character");
    if (length < shape.min()) {
      return List.of(
          Fault.at(
              path,
              has + ", at least " + shape.min() + " are needed",
              "Write " + shape.words() + "."));
    }
    if (length > shape.max()) {
      return List.of(
          Fault.at(
              path,
              has + ", at most " + shape.max() + " are allowed",
              "Shorten it by " + (length - shape.max()) + "."));
    }
    return List.of();
  }

  private static Optional<Fault> choice(String text, TextShape shape, JsonPath path) {
    List<String> choices = shape.choices();
    if (choices.contains(text)) {
      return Optional.empty();
    }
    String remedy =
        Nearest.of(text, choices)
            .map(nearest -> "Write " + nearest + ".")
            .orElse("Write " + Words.listed(choices, "or") + ".");
    return Optional.of(Fault.at(path, Fault.quote(text) + " is not " + shape.rule(), remedy));
  }
}
