package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.JsonPath;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A lifecycle rule as its author wrote it, in `LifecycleRules` or in ECR's own document, before it
/// is known whether ECR accepts it. What is faulty by the schema is absent.
///
/// @param path of the rule
/// @param complete whether nothing in it is faulty, so that what is absent was not written
/// @param tagLists the names of the tag lists that it has
/// @param limit absent also if there are several
record StatedRule(
    JsonPath path,
    boolean complete,
    Optional<TagStatus> tagStatus,
    List<String> tagLists,
    Optional<Limit> limit,
    Optional<StorageClass> storageClass,
    Optional<Action> action) {

  /// ECR's own names for the images that a rule is for.
  enum TagStatus {
    TAGGED,
    UNTAGGED,
    ANY;

    /// @param text that a schema has checked
    static TagStatus of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
