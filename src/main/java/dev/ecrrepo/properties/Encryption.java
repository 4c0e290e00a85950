package dev.ecrrepo.properties;

import java.util.Optional;

/// How images are encrypted at rest; fixed when the repository is created.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
///
/// @param type one of [Type], or a value that ECR introduced later
/// @param kmsKey ID, ARN or alias; absent with AES256, and where ECR's own key `aws/ecr` is meant
public record Encryption(String type, Optional<String> kmsKey) {

  /// ECR's own names.
  public enum Type {
    AES256,
    KMS,
    KMS_DSSE
  }

  public Encryption(Type type, Optional<String> kmsKey) {
    this(type.name(), kmsKey);
  }

  public boolean is(Type other) {
    return type.equals(other.name());
  }
}
