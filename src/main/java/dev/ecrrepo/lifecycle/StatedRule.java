package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.Limit.DaysSinceArchived;
import dev.ecrrepo.lifecycle.Limit.DaysSincePull;
import dev.ecrrepo.lifecycle.Selection.AnyImage;
import dev.ecrrepo.lifecycle.Selection.Patterns;
import dev.ecrrepo.lifecycle.Selection.Prefixes;
import dev.ecrrepo.lifecycle.Selection.Untagged;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A lifecycle rule as its author wrote it, in `LifecycleRules` or in ECR's own document, before it
/// is known whether ECR accepts it. What is faulty by the schema is absent.
///
/// @param path of the rule
/// @param schemaValid whether the schema found no fault in it; then a value that is absent was not
///   written
/// @param tagLists the names of the tag lists that it has
/// @param limit absent also if there are several
/// @param storageClass in ECR's own document STANDARD if it is not written, because that is ECR's
///   default. In `LifecycleRules` the limit implies it, so it stays absent.
record StatedRule(
    JsonPath path,
    boolean schemaValid,
    Optional<TagStatus> tagStatus,
    List<String> tagLists,
    Optional<Limit> limit,
    Optional<StorageClass> storageClass,
    Optional<Action> action) {

  /// The rule, if it has no fault.
  LifecycleRule rule(Optional<String> description, Selection selection) {
    Limit known = limit.orElseThrow();
    return new LifecycleRule(
        description,
        selection,
        known instanceof DaysSinceArchived ? StorageClass.ARCHIVE : StorageClass.STANDARD,
        known,
        action.orElse(known instanceof DaysSincePull ? Action.ARCHIVE : Action.EXPIRE));
  }

  /// Which images it is for.
  ///
  /// @param tags of the list that it has
  Selection selection(List<String> tags) {
    if (tagLists.isEmpty()) {
      return tagStatus.equals(Optional.of(TagStatus.UNTAGGED)) ? new Untagged() : new AnyImage();
    }
    return tagLists.getFirst().equalsIgnoreCase("TagPrefixList")
        ? new Prefixes(tags)
        : new Patterns(tags.stream().map(TagPattern::new).toList());
  }

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
