package dev.ecrrepo.lifecycle;

/// A pattern for tags, in ECR's own notation: `*` matches any number of characters, also none;
/// there is no other wildcard.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html#lp_tag_pattern_list
public record TagPattern(String text) {

  /// Whatever matches this pattern matches its simplest form, and the other way round: two patterns
  /// that differ only in repeated `*` select the same tags.
  String simplest() {
    String simplest = text;
    while (simplest.contains("**")) {
      simplest = simplest.replace("**", "*");
    }
    return simplest;
  }
}
