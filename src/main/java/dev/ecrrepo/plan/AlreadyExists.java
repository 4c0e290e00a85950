package dev.ecrrepo.plan;

import dev.ecrrepo.plan.ReconcileRequest.Operation;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.StackResource;
import java.util.Optional;

/// The message for a repository that exists, is not the resource's own, and may not be adopted
/// because the template does not state `AdoptExisting: true`. It offers adoption only if adoption
/// would be possible.
record AlreadyExists(ReconcileRequest request, ObservedRepository repository) {

  private static final String TAKE_OVER =
      "take it over with AdoptExisting: true (the provider's guardrail AllowAdoption must permit"
          + " it)";

  String message() {
    if (repository.ownership().isIncomplete()) {
      return incomplete(request, repository);
    }
    boolean marked = repository.ownership().hasOwnershipTags();
    if (request.operation() == Operation.KEEP && !marked) {
      return """
      Repository %s carries none of the provider's tags, so it is not changed: the tags were \
      removed, or others deleted the repository and created it again. To give it to this \
      resource, run `%s` and deploy again. %s\
      """
          .formatted(repository.name(), claimCommand(), rollback());
    }
    String message =
        "Repository %s exists already: %s. Choose another RepositoryName, or %s."
            .formatted(repository.name(), whose(), otherWays());
    // A rollback of a rename returns to a repository that was this resource's until then.
    return request.operation() == Operation.REPLACE && !marked
        ? message + " " + rollback()
        : message;
  }

  /// Some of the ownership tags are missing. Only a resource that has been created can claim it.
  static String incomplete(ReconcileRequest request, ObservedRepository repository) {
    String claim =
        request.operation() == Operation.KEEP
            ? " If it belongs to this resource, run `%s` and deploy again."
                .formatted(Ownership.claimCommand(repository.arn(), request.self()))
            : "";
    return """
    Repository %s carries some of the provider's tags but not all, so its owner is not known.%s \
    If no stack manages it, release it with `%s` and %s.\
    """
        .formatted(repository.name(), claim, Ownership.releaseCommand(repository.arn()), TAKE_OVER);
  }

  /// Whoever can invoke the function reads this: another account's stack is not named.
  static String named(StackResource owner, StackResource self) {
    return owner.account().equals(self.account()) ? owner.toString() : "a stack of another account";
  }

  /// What frees a repository that another stack owns.
  static String release(ObservedRepository repository) {
    return "remove it from that stack with DeletionPolicy: Retain, then release it with `%s`"
        .formatted(Ownership.releaseCommand(repository.arn()));
  }

  private Optional<StackResource> owner() {
    return repository.ownership().owner();
  }

  private String whose() {
    StackResource self = request.self();
    return owner()
        .map(owner ->
            owner.equals(self)
                ? "it was left behind by an earlier resource "
                    + owner.logicalId()
                    + " of this stack"
                : "it belongs to " + named(owner, self))
        .orElse("it has none of this provider's tags, so another tool or stack may manage it");
  }

  private String otherWays() {
    StackResource self = request.self();
    Optional<StackResource> owner = owner();
    if (AdoptionDecision.isFromSameStack(self, repository.ownership())) {
      return "take it over with AdoptExisting: true";
    }
    boolean possible = AdoptionDecision.isPossible(self, repository);
    if (owner.isPresent() && !possible) {
      return "%s and %s".formatted(release(repository), TAKE_OVER);
    }
    String deletion = "delete the repository if nobody needs it";
    return possible ? "%s, or %s".formatted(deletion, TAKE_OVER) : deletion;
  }

  private String claimCommand() {
    return Ownership.claimCommand(repository.arn(), request.self());
  }

  private String rollback() {
    String command =
        request.operation() == Operation.KEEP ? "that command" : "`" + claimCommand() + "`";
    return """
    If a rollback is stuck here, run %s and continue the rollback, or skip this resource with \
    `aws cloudformation continue-update-rollback --stack-name %s --resources-to-skip %s`.\
    """
        .formatted(command, request.self().stackName(), request.self().logicalId());
  }
}
