package dev.ecrrepo.repository;

/// The resource that a repository belongs to.
///
/// @param stackId the stack's ARN, `arn:aws:cloudformation:<region>:<account>:stack/<name>/<uuid>`
/// @param logicalId the resource's name in the template
public record Owner(String stackId, String logicalId) {

  public boolean sameStack(Owner other) {
    return stackId.equals(other.stackId);
  }

  /// Whether the other's stack had the same name, account and Region as this one's. Two living
  /// stacks cannot share these, so the other is gone.
  public boolean succeeds(Owner other) {
    return !sameStack(other) && withoutUnique(stackId).equals(withoutUnique(other.stackId));
  }

  public String stackName() {
    String[] parts = stackId.split("/", -1);
    return parts.length == 3 ? parts[1] : stackId;
  }

  /// Of the stack, not of the registry; empty where the ARN is none.
  public String account() {
    String[] parts = stackId.split(":", -1);
    return parts.length > 4 ? parts[4] : "";
  }

  private static String withoutUnique(String stackId) {
    int slash = stackId.lastIndexOf('/');
    return slash < 0 ? stackId : stackId.substring(0, slash);
  }

  /// As messages name it.
  @Override
  public String toString() {
    return "resource " + logicalId + " of stack " + stackName() + " (" + stackId + ")";
  }
}
