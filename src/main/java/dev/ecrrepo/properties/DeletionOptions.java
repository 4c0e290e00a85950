package dev.ecrrepo.properties;

import java.util.Optional;

/// The properties that matter to a Delete. Nothing else is looked at: a deletion must succeed with
/// properties of any age.
///
/// @param repositoryName only for a Create that was never answered with a name
public record DeletionOptions(
    Optional<String> repositoryName, Flag emptyOnDelete, Flag adoptExisting) {

  /// A boolean that somebody may have misspelt.
  public enum Flag {
    TRUE,
    FALSE_OR_ABSENT,
    UNREADABLE
  }
}
