package dev.ecrrepo.wording;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.schema.Shape.ListShape;

/// A list with too few or too many elements.
public final class WrongLength {

  private WrongLength() {}

  public static Fault empty(ListShape shape, JsonPath path) {
    return Fault.at(
        path, "is an empty list", "Write " + ValidValue.of(shape) + ", or leave the property out.");
  }

  public static Fault tooLong(int elements, ListShape shape, JsonPath path) {
    return Fault.at(
        path,
        "has " + Phrases.count(elements, "element") + "; at most " + shape.max() + " are allowed",
        "Remove " + (elements - shape.max()) + ".");
  }
}
