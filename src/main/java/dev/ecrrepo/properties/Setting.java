package dev.ecrrepo.properties;

/// A value and who chose it.
public record Setting<T>(T value, Source source) {

  /// Who chose a value: the property itself, a profile that the template names, or the default
  /// profile.
  public enum Source {
    PROPERTY,
    PROFILE,
    DEFAULT
  }

  /// Whether the template says so; for an adopted repository only such values count.
  public boolean stated() {
    return source != Source.DEFAULT;
  }
}
