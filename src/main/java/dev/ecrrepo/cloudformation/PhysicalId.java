package dev.ecrrepo.cloudformation;

import java.util.function.Predicate;

/// The PhysicalResourceId of an Update or Delete, by where it comes from.
public sealed interface PhysicalId {

  /// One that this provider assigned: the name of the repository.
  record OfRepository(String name) implements PhysicalId {
    @Override
    public String text() {
      return name;
    }
  }

  /// The marker of a Create that failed; nothing of it is left, or only what that very request
  /// created or took over.
  record FailedCreate(String requestId) implements PhysicalId {
    private static final String MARKER = "EcrRepo::CREATE_FAILED::";

    /// Cannot be mistaken for a resource: colons are not allowed in a repository's name.
    @Override
    public String text() {
      return MARKER + requestId;
    }
  }

  /// One that CloudFormation assigned because no response to a Create came. Anything else that this
  /// provider never assigned counts as such a one.
  record AssignedByCloudFormation(String text) implements PhysicalId {}

  /// As in requests and responses.
  String text();

  static PhysicalId parse(String text, Predicate<String> isRepositoryName) {
    if (text.startsWith(FailedCreate.MARKER)) {
      return new FailedCreate(text.substring(FailedCreate.MARKER.length()));
    }
    return isRepositoryName.test(text)
        ? new OfRepository(text)
        : new AssignedByCloudFormation(text);
  }
}
