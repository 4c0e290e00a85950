package dev.ecrrepo.lifecycle;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// An image as ECR's lifecycle evaluation sees it.
///
/// @param archived when it moved to the archive storage class; absent while it can be pulled
/// @param activated when it last came back from the archive
/// @param index the manifest list that refers to it
record Image(
    String name,
    Set<String> tags,
    Instant pushed,
    Optional<Instant> pulled,
    Optional<Instant> archived,
    Optional<Instant> activated,
    Optional<String> index) {

  static Image pushed(String name, Instant pushed, String... tags) {
    return new Image(
        name,
        Set.of(tags),
        pushed,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Image pulled(Instant when) {
    return new Image(name, tags, pushed, Optional.of(when), archived, activated, index);
  }

  Image archived(Instant when) {
    return new Image(name, tags, pushed, pulled, Optional.of(when), activated, index);
  }

  Image restored(Instant when) {
    return new Image(name, tags, pushed, pulled, Optional.empty(), Optional.of(when), index);
  }

  Image partOf(String indexName) {
    return new Image(name, tags, pushed, pulled, archived, activated, Optional.of(indexName));
  }

  Image tagged(String... now) {
    return new Image(name, Set.of(now), pushed, pulled, archived, activated, index);
  }

  /// What age and order count from.
  Instant since() {
    return activated.orElse(pushed);
  }
}
