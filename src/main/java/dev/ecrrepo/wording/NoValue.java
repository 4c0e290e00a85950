package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.schema.Shape;

/// `null`, or an empty string, where a value is expected.
public final class NoValue {

  private NoValue() {}

  public static Fault isNull(Shape shape, JsonPath path, Optionality optionality) {
    return Fault.at(
        path, "is null", "Write " + ValidValue.of(shape) + optionality.insteadOfNull() + ".");
  }

  public static Fault isEmpty(Shape shape, JsonPath path, Optionality optionality) {
    return Fault.at(
        path,
        "\"\" is empty",
        "Write " + ValidValue.of(shape) + optionality.insteadOfNothing() + ".");
  }
}
