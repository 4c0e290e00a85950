package dev.ecrrepo.lifecycle;

import java.util.Locale;

/// Where ECR keeps an image.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/archive-image.html
public enum StorageClass {
  /// Can be pulled.
  STANDARD,
  /// Cheaper, cannot be pulled until it is restored, charged for at least 90 days.
  ARCHIVE;

  /// @param name in our properties or in ECR's document
  static StorageClass of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
