package dev.ecrrepo.properties;

/// A value and where it comes from.
public record Setting<T>(T value, Source source) {

  /// The property itself, a profile that the template names, or the default profile.
  public enum Source {
    PROPERTY,
    PROFILE,
    DEFAULT
  }

  /// Whether the template states it; for an adopted repository only such values count.
  public boolean stated() {
    return source != Source.DEFAULT;
  }
}
