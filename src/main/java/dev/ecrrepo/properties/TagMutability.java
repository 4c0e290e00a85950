package dev.ecrrepo.properties;

import java.util.List;

/// Whether a pushed tag may be overwritten.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
///
/// @param exclusionFilters patterns of the tags that are the exception, sorted; only and always
///   with `*_WITH_EXCLUSION`
public record TagMutability(Mode mode, List<String> exclusionFilters) {

  /// ECR's own names.
  public enum Mode {
    IMMUTABLE,
    MUTABLE,
    IMMUTABLE_WITH_EXCLUSION,
    MUTABLE_WITH_EXCLUSION
  }

  public TagMutability {
    exclusionFilters = exclusionFilters.stream().sorted().toList();
  }

  public static TagMutability of(Mode mode) {
    return new TagMutability(mode, List.of());
  }
}
