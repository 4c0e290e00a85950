package dev.ecrrepo.properties;

/// A value and where it comes from.
public record Setting<T>(T value, Source source) {

  /// The property itself, a profile that the template names, or the default profile.
  public enum Source {
    PROPERTY,
    PROFILE,
    DEFAULT
  }

  /// Whether the template states the property or names a profile. For an adopted repository, only
  /// such values of tag mutability and scanning count; the encryption of an existing repository
  /// counts only from [Source#PROPERTY].
  public boolean stated() {
    return source != Source.DEFAULT;
  }
}
