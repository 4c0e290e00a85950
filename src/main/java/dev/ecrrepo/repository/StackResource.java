package dev.ecrrepo.repository;

import dev.ecrrepo.identifier.StackId;

/// A resource of a stack: one that sent a request, or one that owns a repository.
///
/// @param stackId the stack's ARN, `arn:aws:cloudformation:<region>:<account>:stack/<name>/<uuid>`
/// @param logicalId the resource's name in the template
public record StackResource(String stackId, String logicalId) {

  public boolean sameStack(StackResource other) {
    return stackId.equals(other.stackId);
  }

  /// Whether the other belongs to an earlier stack of the same name, account and Region. This
  /// resource's stack exists, so the other's was deleted.
  public boolean succeeds(StackResource other) {
    return StackId.parse(stackId)
        .flatMap(own -> StackId.parse(other.stackId).filter(own::isNamesakeOf))
        .isPresent();
  }

  public String stackName() {
    return StackId.parse(stackId).map(StackId::name).orElse(stackId);
  }

  /// The stack's account, which need not be the registry's; empty if `stackId` is not the ARN of a
  /// stack.
  public String account() {
    return StackId.parse(stackId).map(StackId::account).orElse("");
  }

  /// As messages name it.
  @Override
  public String toString() {
    return "resource " + logicalId + " of stack " + stackName() + " (" + stackId + ")";
  }
}
