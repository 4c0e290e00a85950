package dev.ecrrepo.plan;

import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.Ownership;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// May this resource take over a repository that exists, and what do the tags say afterwards?
sealed interface AdoptionDecision {

  /// Yes.
  ///
  /// @param tags that say so
  /// @param withinStack from another resource of the same stack, which gets it back unless the
  ///   stack's update succeeds; else from nobody, or from a stack that is gone
  record Allowed(Map<String, String> tags, boolean withinStack) implements AdoptionDecision {}

  /// No; sentences with the ways out.
  record Refused(Plan.Refuse plan) implements AdoptionDecision {
    Refused(String reason) {
      this(new Plan.Refuse(reason));
    }
  }

  static AdoptionDecision of(
      ReconcileRequest intent, ObservedRepository repository, Guardrails guardrails) {
    Ownership ownership = repository.ownership();
    Owner self = intent.self();
    if (!intent.desired().adoptExisting()) {
      return new Refused(exists(intent, repository, ownership));
    }
    Optional<Owner> owner = ownership.owner();
    if (owner.filter(other -> other.sameStack(self) && !other.equals(self)).isPresent()) {
      return new Allowed(takenWithin(self, owner.get().logicalId()), true);
    }
    if (ownership.isOf(self) && ownership.previousOwner().isPresent()) {
      return new Allowed(takenWithin(self, ownership.previousOwner().get()), true);
    }
    if (!guardrails.allowAdoption()) {
      return new Refused(
          Plan.Refuse.forbidden(
              List.of(
                  new Plan.Objection(
                      "AllowAdoption",
                      """
                      Repository %s exists already, and the provider's guardrail AllowAdoption \
                      forbids AdoptExisting. Whoever deploys the provider can allow it; or \
                      choose another RepositoryName.\
                      """
                          .formatted(repository.name())))));
    }
    if (owner.isEmpty()) {
      return ownership.marked() ? incomplete(repository) : unowned(self, repository);
    }
    return owner.get().equals(self) || self.succeeds(owner.get())
        ? new Allowed(taken(self, repository), false)
        : new Refused(
            """
            Repository %s belongs to %s; it cannot be adopted while that is so. \
            Remove it from that stack with DeletionPolicy: Retain, then release it \
            with `%s` and deploy again; or choose another RepositoryName.\
            """
                .formatted(
                    repository.name(),
                    named(owner.get(), self),
                    Ownership.releaseCommand(repository.arn())));
  }

  private static AdoptionDecision unowned(Owner self, ObservedRepository repository) {
    return self.account().equals(repository.registryId())
        ? new Allowed(taken(self, repository), false)
        : new Refused(
            """
            Repository %s exists already and belongs to no stack; a stack of \
            another account (%s) cannot adopt it. Adopt it from a stack of account \
            %s, or choose another RepositoryName.\
            """
                .formatted(repository.name(), self.account(), repository.registryId()));
  }

  private static AdoptionDecision incomplete(ObservedRepository repository) {
    return new Refused(
        """
        Repository %s carries some of the provider's tags but not all, so its owner \
        is not known. If no stack manages it, release it with `%s` and deploy again.\
        """
            .formatted(repository.name(), Ownership.releaseCommand(repository.arn())));
  }

  /// A rename that the former stack did not end means nothing to the new owner: the tag of the
  /// previous owner that equals the owner counts as none.
  private static Map<String, String> taken(Owner self, ObservedRepository repository) {
    Map<String, String> tags = Ownership.identity(self);
    tags.put(Ownership.ADOPTED, "true");
    if (repository.tags().containsKey(Ownership.PREVIOUS_OWNER)) {
      tags.put(Ownership.PREVIOUS_OWNER, self.logicalId());
    }
    return tags;
  }

  private static Map<String, String> takenWithin(Owner self, String previous) {
    Map<String, String> tags = new LinkedHashMap<>(Ownership.identity(self));
    tags.put(Ownership.PREVIOUS_OWNER, previous);
    return tags;
  }

  /// Whoever can invoke the function reads this: another account's stack is not named.
  private static String named(Owner owner, Owner self) {
    return owner.account().equals(self.account()) ? owner.toString() : "a stack of another account";
  }

  private static String exists(
      ReconcileRequest intent, ObservedRepository repository, Ownership ownership) {
    String name = repository.name();
    Optional<Owner> owner = ownership.owner();
    if (!intent.creating() && !ownership.marked()) {
      return """
      Repository %s carries none of the provider's tags, so it is not \
      changed: they were removed, or it was deleted and made again by others. To give it to this \
      resource, run `%s` and deploy again. If a rollback is stuck here, run that command and \
      continue the rollback, or skip this resource with `aws cloudformation \
      continue-update-rollback --stack-name %s --resources-to-skip %s`.\
      """
          .formatted(
              name,
              Ownership.claimCommand(repository.arn(), intent.self()),
              intent.self().stackName(),
              intent.self().logicalId());
    }
    String whose =
        owner
            .map(o ->
                o.equals(intent.self())
                    ? "it was left behind by an earlier resource "
                        + o.logicalId()
                        + " of this stack"
                    : "it belongs to " + named(o, intent.self()))
            .orElse("no stack owns it");
    return """
    Repository %s exists already: %s. Choose another RepositoryName, or \
    delete the repository if nobody needs it%s.\
    """
        .formatted(name, whose, takeOver(owner, intent.self()));
  }

  private static String takeOver(Optional<Owner> owner, Owner self) {
    if (owner.filter(o -> o.sameStack(self) && !o.equals(self)).isPresent()) {
      return ", or take it over with AdoptExisting: true";
    }
    return owner.filter(o -> !o.sameStack(self) && !self.succeeds(o)).isPresent()
        ? ""
        : ", or take it over with AdoptExisting: true (the provider's guardrail AllowAdoption must"
            + " permit it)";
  }
}
