package dev.ecrrepo.repository;

import dev.ecrrepo.identifier.StackId;

/// The resource that a repository belongs to.
///
/// @param stackId the stack's ARN, `arn:aws:cloudformation:<region>:<account>:stack/<name>/<uuid>`
/// @param logicalId the resource's name in the template
public record Owner(String stackId, String logicalId) {

  public boolean sameStack(Owner other) {
    return stackId.equals(other.stackId);
  }

  public boolean isAnotherOfSameStack(Owner other) {
    return sameStack(other) && !equals(other);
  }

  /// Whether the other's stack had the same name, account and Region as this one's. Two living
  /// stacks cannot share these, so the other is gone.
  public boolean succeeds(Owner other) {
    return StackId.parse(stackId)
        .flatMap(own -> StackId.parse(other.stackId).filter(own::succeeds))
        .isPresent();
  }

  public String stackName() {
    return StackId.parse(stackId).map(StackId::name).orElse(stackId);
  }

  /// Of the stack, not of the registry; empty where the ARN is none.
  public String account() {
    return StackId.parse(stackId).map(StackId::account).orElse("");
  }

  /// As messages name it.
  @Override
  public String toString() {
    return "resource " + logicalId + " of stack " + stackName() + " (" + stackId + ")";
  }
}
