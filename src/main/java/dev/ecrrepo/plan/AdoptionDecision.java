package dev.ecrrepo.plan;

import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.StackResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whether this resource may adopt a repository that exists, and which ownership tags it then gets.
sealed interface AdoptionDecision {

  /// Adoption is allowed.
  ///
  /// @param tags the ownership tags to write
  /// @param fromSameStack whether another resource of this stack owns it now. If the stack's update
  ///   fails, that resource gets it back.
  record Allowed(Map<String, String> tags, boolean fromSameStack) implements AdoptionDecision {}

  /// Adoption is refused, with the reason and what the template's author can do.
  record Refused(Plan.Refuse refusal) implements AdoptionDecision {
    Refused(String reason) {
      this(new Plan.Refuse(reason));
    }
  }

  static AdoptionDecision of(
      ReconcileRequest request, ObservedRepository repository, Guardrails guardrails) {
    Ownership ownership = repository.ownership();
    StackResource self = request.self();
    if (!request.desired().adoptExisting()) {
      return new Refused(new AlreadyExists(request, repository).message());
    }
    List<String> previousOwners = previousOwners(self, ownership);
    if (!previousOwners.isEmpty()) {
      return new Allowed(sameStackAdoptionTags(self, previousOwners), true);
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
    return isPossible(self, repository)
        ? new Allowed(adoptionTags(self, repository), false)
        : new Refused(impossible(request, repository));
  }

  /// Whether the repository is taken over from another resource of the same stack. This does not
  /// need the guardrail AllowAdoption.
  static boolean isFromSameStack(StackResource self, Ownership ownership) {
    return !previousOwners(self, ownership).isEmpty();
  }

  /// The resources of the same stack that get the repository back if the stack's update fails, the
  /// last owner first. Empty if another stack or nobody owns it, or only this resource ever did.
  private static List<String> previousOwners(StackResource self, Ownership ownership) {
    List<String> previous = new ArrayList<>();
    ownership
        .owner()
        .filter(self::sameStack)
        .ifPresent(owner -> {
          previous.add(owner.logicalId());
          previous.addAll(ownership.previousOwners());
        });
    previous.removeIf(self.logicalId()::equals);
    return previous;
  }

  /// Whether this resource may adopt a repository that no other resource of its stack owns. True if
  /// the repository has no ownership tags and is in the account of this resource's stack; if an
  /// earlier resource of the same stack and logical ID owns it; or if its owner's stack was deleted
  /// and this stack has the same name, account and Region.
  static boolean isPossible(StackResource self, ObservedRepository repository) {
    Ownership ownership = repository.ownership();
    return ownership
        .owner()
        .map(owner -> owner.equals(self) || self.succeeds(owner))
        .orElseGet(
            () -> !ownership.isIncomplete() && self.account().equals(repository.registryId()));
  }

  private static String impossible(ReconcileRequest request, ObservedRepository repository) {
    StackResource self = request.self();
    if (repository.ownership().isIncomplete()) {
      return AlreadyExists.incomplete(request, repository);
    }
    return repository
        .ownership()
        .owner()
        .map(owner ->
            """
            Repository %s belongs to %s, so it cannot be adopted. Choose another RepositoryName, \
            or %s and deploy again.\
            """
                .formatted(
                    repository.name(),
                    AlreadyExists.named(owner, self),
                    AlreadyExists.release(repository)))
        .orElseGet(() ->
            """
            Repository %s exists already and belongs to no stack; a stack of \
            another account (%s) cannot adopt it. Adopt it from a stack of account \
            %s, or choose another RepositoryName.\
            """
                .formatted(repository.name(), self.account(), repository.registryId()));
  }

  /// A deleted stack may have left a previous-owner tag from an unfinished rename. TagResource
  /// cannot remove a tag, so it is overwritten with this resource's own logical ID, which counts as
  /// none.
  private static Map<String, String> adoptionTags(
      StackResource self, ObservedRepository repository) {
    Map<String, String> tags = Ownership.ownerTags(self);
    tags.put(Ownership.ADOPTED, "true");
    if (repository.tags().containsKey(Ownership.PREVIOUS_OWNER)) {
      tags.put(Ownership.PREVIOUS_OWNER, self.logicalId());
    }
    return tags;
  }

  private static Map<String, String> sameStackAdoptionTags(
      StackResource self, List<String> previous) {
    Map<String, String> tags = Ownership.ownerTags(self);
    tags.put(Ownership.PREVIOUS_OWNER, Ownership.previousOwnersTag(previous));
    return tags;
  }
}
