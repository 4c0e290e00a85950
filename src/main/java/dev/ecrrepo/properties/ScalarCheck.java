package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.Nearest;
import dev.ecrrepo.properties.Shape.IntegerShape;
import dev.ecrrepo.properties.Shape.TextShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// What is wrong with a scalar, and what its author meant.
final class ScalarCheck {

  private static final Set<String> YES = Set.of("true", "yes", "y", "on", "1", "enabled");
  private static final Set<String> NO = Set.of("false", "no", "n", "off", "0", "disabled");

  private ScalarCheck() {}

  static Optional<Fault> bool(Json json, JsonPath path) {
    if (Scalars.bool(json).isPresent()) {
      return Optional.empty();
    }
    String text = Scalars.text(json).orElse("").strip().toLowerCase(Locale.ROOT);
    String remedy =
        YES.contains(text)
            ? "Write true."
            : NO.contains(text) ? "Write false." : "Write true or false.";
    return Optional.of(Fault.at(path, Fault.quote(json) + " is not a boolean", remedy));
  }

  static Optional<Fault> integer(Json json, IntegerShape shape, JsonPath path) {
    OptionalLong value = Scalars.integer(json);
    if (value.isEmpty()) {
      return notAnInteger(json, shape, path);
    }
    if (value.getAsLong() < shape.min()) {
      return Optional.of(
          Fault.at(
              path,
              Fault.quote(json) + " is too small, the least is " + shape.min(),
              "Write " + shape.words() + "."));
    }
    if (value.getAsLong() > shape.max()) {
      return Optional.of(
          Fault.at(
              path,
              Fault.quote(json) + " is too large, the most is " + shape.max(),
              "Write a smaller number."));
    }
    return Optional.empty();
  }

  private static Optional<Fault> notAnInteger(Json json, IntegerShape shape, JsonPath path) {
    String text = Scalars.text(json).orElse("");
    if (shape.word().isPresent() && Pattern.matches(shape.word().get(), text)) {
      return Optional.empty();
    }
    OptionalLong meant = Scalars.meantInteger(text);
    String remedy =
        meant.isPresent() && meant.getAsLong() >= shape.min() && meant.getAsLong() <= shape.max()
            ? "Write " + meant.getAsLong() + "."
            : "Write " + shape.words() + ".";
    String kind = shape.word().isPresent() ? shape.words() : "an integer";
    return Optional.of(Fault.at(path, Fault.quote(json) + " is not " + kind, remedy));
  }

  static List<Fault> text(Json json, TextShape shape, JsonPath path) {
    Optional<String> scalar = Scalars.text(json);
    if (scalar.isEmpty()) {
      return List.of(
          Fault.at(
              path,
              Fault.quote(json) + " is " + json.kind() + ", not a string",
              "Write " + shape.words() + "."));
    }
    String text = scalar.get();
    if (!shape.choices().isEmpty()) {
      return choice(text, shape, path).stream().toList();
    }
    List<Fault> faults = new ArrayList<>(length(text, shape, path));
    if (shape.pattern().isPresent() && !Pattern.matches(shape.pattern().get(), text)) {
      faults.add(
          shape
              .definition()
              .flatMap(definition -> Explanations.explain(definition, text, path))
              .orElseGet(() ->
                  Fault.at(
                      path,
                      Fault.quote(text) + " is not " + shape.rule(),
                      "Write " + shape.words() + ".")));
    }
    return faults;
  }

  private static List<Fault> length(String text, TextShape shape, JsonPath path) {
    int length = text.codePointCount(0, text.length());
    String has = Fault.quote(text) + " has " + Words.count(length, "character");
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
