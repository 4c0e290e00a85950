package dev.ecrrepo.properties;

import java.util.List;

/// Whether a pushed tag may be overwritten.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
///
/// @param mode one of [Mode], or a value that ECR introduced later
/// @param exclusionFilters patterns of the tags that are the exception, sorted; only and always
///   with `*_WITH_EXCLUSION`
public record TagMutability(String mode, List<String> exclusionFilters) {

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

  public TagMutability(Mode mode, List<String> exclusionFilters) {
    this(mode.name(), exclusionFilters);
  }

  public static TagMutability of(Mode mode) {
    return new TagMutability(mode, List.of());
  }

  public boolean is(Mode other) {
    return mode.equals(other.name());
  }
}
