package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.schema.ReservedTagKeys;
import dev.ecrrepo.schema.Shape.TextShape;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether a string has its shape, what is wrong with it, and what its author meant.
public final class WrongText {

  /// A longer text is not compared with its pattern, unless the schema allows it.
  private static final int MAX_MATCHED_LENGTH = 1_000;

  private WrongText() {}

  /// Of a value that is no string.
  public static Fault notText(Json json, TextShape shape, JsonPath path) {
    return Fault.at(
        path,
        Quotation.of(json, path) + "is " + json.kind() + ", not a string",
        "Write " + ValidValue.of(shape) + ".");
  }

  /// Whether a text has the shape.
  public static boolean isValid(String text, TextShape shape) {
    return fault(text, shape, JsonPath.ROOT).isEmpty() && matches(text, shape);
  }

  /// Everything but the pattern.
  public static Optional<Fault> fault(String text, TextShape shape, JsonPath path) {
    if (!isAllowedValue(text, shape)) {
      String remedy =
          SpellingSuggestion.of(text, shape.allowedValues()).orElseGet(() -> ValidValue.of(shape));
      return Optional.of(
          Fault.at(path, Fault.quote(text) + " is not " + shape.title(), "Write " + remedy + "."));
    }
    return length(text, shape, path);
  }

  /// Whether it is one of the values that are allowed, or any is.
  public static boolean isAllowedValue(String text, TextShape shape) {
    return shape.allowedValues().isEmpty() || shape.allowedValues().contains(text);
  }

  private static Optional<Fault> length(String text, TextShape shape, JsonPath path) {
    int length = text.codePointCount(0, text.length());
    if (length >= shape.min() && length <= shape.max()) {
      return Optional.empty();
    }
    String has = Quotation.of(Json.of(text), path) + "has " + Phrases.count(length, "character");
    return Optional.of(
        length < shape.min()
            ? Fault.at(
                path,
                has + "; at least " + shape.min() + " are needed",
                "Write " + ValidValue.of(shape) + ".")
            : Fault.at(
                path,
                has + "; at most " + shape.max() + " are allowed",
                "Shorten it by " + (length - shape.max()) + "."));
  }

  /// Whether it matches the pattern, or is far too long: that is a fault already, and no pattern is
  /// tried with such a text.
  public static boolean matches(String text, TextShape shape) {
    return text.length() > Math.max(MAX_MATCHED_LENGTH, shape.max())
        || shape.pattern().isEmpty()
        || (Pattern.matches(shape.pattern().get(), text)
            && !breaksAnotherRule(shape.definition().orElse(""), text));
  }

  /// Whether the text breaks a rule that no pattern can express.
  private static boolean breaksAnotherRule(String definition, String text) {
    return switch (definition) {
      case "TagKey" -> ReservedTagKeys.isOurs(text);
      // Most names have no such part, and the class with its pattern need not be loaded.
      case "RepositoryName" ->
          text.contains(WrongRepositoryName.IN_EVERY_URI) && WrongRepositoryName.isUri(text);
      default -> false;
    };
  }

  /// Why exactly the pattern does not match, where that is known.
  public static Optional<Fault> explained(String text, TextShape shape, JsonPath path) {
    return shape
        .definition()
        .flatMap(definition -> PatternExplanations.explain(definition, text, path));
  }

  /// That the pattern does not match, with the schema's words for what does.
  public static Fault mismatch(String text, TextShape shape, JsonPath path) {
    return Fault.at(
        path,
        Quotation.of(Json.of(text), path)
            + "is not "
            + shape.title().replaceFirst(": ", "; allowed are "),
        "Write " + ValidValue.of(shape) + ".");
  }
}
