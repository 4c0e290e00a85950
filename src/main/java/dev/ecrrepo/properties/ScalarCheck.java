package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.properties.Shape.IntegerShape;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What is wrong with a boolean or an integer, and what its author meant.
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
      return Optional.of(tooLarge(json, shape, path));
    }
    return Optional.empty();
  }

  private static Fault tooLarge(Json json, IntegerShape shape, JsonPath path) {
    return Fault.at(
        path,
        Fault.quote(json) + " is too large, the most is " + shape.max(),
        "Write a smaller number.");
  }

  private static Optional<Fault> notAnInteger(Json json, IntegerShape shape, JsonPath path) {
    String text = Scalars.text(json).orElse("");
    String word = shape.word().orElse("");
    if (!word.isEmpty() && text.equals(word)) {
      return Optional.empty();
    }
    if (Scalars.isHuge(text)) {
      return Optional.of(tooLarge(json, shape, path));
    }
    OptionalLong meant = Scalars.meantInteger(text);
    boolean isWord = !word.isEmpty() && text.strip().equalsIgnoreCase(word);
    String remedy =
        meant.isPresent() && meant.getAsLong() >= shape.min() && meant.getAsLong() <= shape.max()
            ? "Write " + meant.getAsLong() + "."
            : "Write " + (isWord ? word : shape.words()) + ".";
    String kind = word.isEmpty() ? "an integer" : shape.words();
    return Optional.of(Fault.at(path, Fault.quote(json) + " is not " + kind, remedy));
  }
}
