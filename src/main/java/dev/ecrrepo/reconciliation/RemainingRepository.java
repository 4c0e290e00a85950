package dev.ecrrepo.reconciliation;

import dev.ecrrepo.ecr.EcrFailure;

/// Sentences about a repository that a failed request created and that remains. CloudFormation does
/// not know its name, or could not delete it.
final class RemainingRepository {

  private RemainingRepository() {}

  /// A Create created it, and deleting it failed.
  static String ofCreate(String name, EcrFailure deletion) {
    return "This request created the repository %s, which remains: %s"
        .formatted(name, deletion.getMessage());
  }

  /// An update that replaces the resource created it.
  static String ofUpdate(String name) {
    return "This update created the repository %s, which stays. If the stack does not use it, delete it with `%s`."
        .formatted(name, EcrFailure.deletion(name));
  }

  /// An update that replaces the resource may have created it: the answer was lost.
  static String perhapsOfUpdate(String name) {
    return "This update may have created the repository %s. If no stack uses it, delete it with `%s`."
        .formatted(name, EcrFailure.deletion(name));
  }
}
