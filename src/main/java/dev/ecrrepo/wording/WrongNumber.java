package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.Scalars;
import dev.ecrrepo.schema.Shape.IntegerShape;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/// What is wrong with an integer or a boolean, and what its author meant.
public final class WrongNumber {

  private static final Set<String> YES = Set.of("true", "yes", "y", "on", "1", "enabled");
  private static final Set<String> NO = Set.of("false", "no", "n", "off", "0", "disabled");

  private WrongNumber() {}

  /// Of a value that is no boolean.
  public static Fault notBoolean(Json json, JsonPath path) {
    String text = Scalars.text(json).orElse("").strip().toLowerCase(Locale.ROOT);
    String remedy =
        YES.contains(text)
            ? "Write true."
            : NO.contains(text) ? "Write false." : "Write true or false.";
    return Fault.at(path, Fault.quote(json) + " is not a boolean", remedy);
  }

  /// Of a value that is no integer, or not within the bounds.
  public static Fault fault(Json json, IntegerShape shape, JsonPath path) {
    OptionalLong value = Scalars.integer(json);
    String text = Scalars.text(json).orElse("");
    if (value.isPresent() && value.getAsLong() < shape.min()) {
      return Fault.at(
          path,
          Fault.quote(json) + " is too small; the minimum is " + shape.min(),
          "Write " + shape.title() + ".");
    }
    if (value.isPresent() || Scalars.isHuge(text)) {
      return Fault.at(
          path,
          Fault.quote(json) + " is too large; the maximum is " + shape.max(),
          "Write a smaller number.");
    }
    String kind = shape.word().isEmpty() ? "an integer" : shape.title();
    return Fault.at(
        path, Fault.quote(json) + " is not " + kind, "Write " + intended(text, shape) + ".");
  }

  private static String intended(String text, IntegerShape shape) {
    OptionalLong intended = Scalars.intendedInteger(text);
    if (intended.isPresent()
        && intended.getAsLong() >= shape.min()
        && intended.getAsLong() <= shape.max()) {
      return Long.toString(intended.getAsLong());
    }
    return shape.word().filter(text.strip()::equalsIgnoreCase).orElse(shape.title());
  }
}
