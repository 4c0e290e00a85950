package dev.ecrrepo.lifecycle;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which images a rule is for.
public sealed interface Selection {

  /// All images of the storage class.
  record AnyImage() implements Selection {}

  /// Those without a tag.
  record Untagged() implements Selection {}

  /// Those that have a tag with *each* of these prefixes.
  record Prefixes(List<String> prefixes) implements Selection {
    public Prefixes {
      prefixes = List.copyOf(prefixes);
    }
  }

  /// Those that have a tag for *each* of these patterns.
  record Patterns(List<TagPattern> patterns) implements Selection {
    public Patterns {
      patterns = List.copyOf(patterns);
    }

    static Patterns of(TagPattern pattern) {
      return new Patterns(List.of(pattern));
    }

    private static Patterns normal(Stream<String> patterns) {
      return new Patterns(patterns.distinct().sorted().map(TagPattern::new).toList());
    }
  }

  /// If the normal forms of two selections are equal, both always select the same images: the order
  /// of a list has no meaning, and the prefix `v` is the pattern `v*`. The reverse does not hold
  /// for every two patterns.
  default Selection normalForm() {
    return switch (this) {
      case AnyImage _, Untagged _ -> this;
      case Prefixes(List<String> prefixes) ->
          Patterns.normal(prefixes.stream().map(prefix -> prefix + "*"));
      case Patterns(List<TagPattern> patterns) ->
          Patterns.normal(patterns.stream().map(TagPattern::simplest));
    };
  }

  /// For people: `images tagged v*`.
  default String text() {
    return switch (this) {
      case AnyImage _ -> "images";
      case Untagged _ -> "untagged images";
      case Prefixes(List<String> prefixes) ->
          "images tagged "
              + prefixes.stream().map(prefix -> prefix + "*").collect(Collectors.joining(" and "));
      case Patterns(List<TagPattern> patterns) ->
          "images tagged "
              + patterns.stream().map(TagPattern::text).collect(Collectors.joining(" and "));
    };
  }
}
