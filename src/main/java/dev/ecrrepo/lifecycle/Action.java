package dev.ecrrepo.lifecycle;

/// What a rule does to the images beyond its limit.
public enum Action {
  /// They are deleted.
  EXPIRE,
  /// They move to the archive storage class.
  ARCHIVE;

  /// @param name in our properties or in ECR's document
  static Action of(String name) {
    return name.equals("Archive") || name.equals("transition") ? ARCHIVE : EXPIRE;
  }
}
