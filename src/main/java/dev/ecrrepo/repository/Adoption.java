package dev.ecrrepo.repository;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// May this resource take over a repository that exists, and what do the tags say afterwards?
sealed interface Adoption {

  /// Yes; these tags are written first.
  record Allowed(Map<String, String> tags) implements Adoption {}

  /// No; sentences with the ways out.
  record Refused(String reason) implements Adoption {}

  static Adoption of(Intent intent, ObservedRepository repository, Guardrails guardrails) {
    Ownership ownership = repository.ownership();
    Owner self = intent.self();
    if (!intent.desired().adoptExisting()) {
      return new Refused(exists(intent, repository, ownership));
    }
    if (!guardrails.allowAdoption()) {
      return new Refused(
          """
          Repository %s exists already, and the provider's guardrail AllowAdoption \
          forbids AdoptExisting. Whoever deploys the provider can allow it; or \
          choose another RepositoryName.\
          """
              .formatted(repository.name()));
    }
    if (ownership.owner().isEmpty()) {
      return ownership.marked() ? incomplete(repository) : unowned(self, repository);
    }
    Owner owner = ownership.owner().get();
    if (owner.sameStack(self)) {
      return new Allowed(takenWithin(self, owner, ownership));
    }
    return self.succeeds(owner)
        ? new Allowed(taken(self))
        : new Refused(
            """
            Repository %s belongs to %s; it cannot be adopted while that is so. \
            Remove it from that stack with DeletionPolicy: Retain, then release it \
            with `%s` and deploy again; or choose another RepositoryName.\
            """
                .formatted(repository.name(), owner, Ownership.releaseCommand(repository.arn())));
  }

  private static Adoption unowned(Owner self, ObservedRepository repository) {
    return self.account().equals(repository.registryId())
        ? new Allowed(taken(self))
        : new Refused(
            """
            Repository %s exists already and belongs to no stack; a stack of \
            another account (%s) cannot adopt it. Adopt it from a stack of account \
            %s, or choose another RepositoryName.\
            """
                .formatted(repository.name(), self.account(), repository.registryId()));
  }

  private static Adoption incomplete(ObservedRepository repository) {
    return new Refused(
        """
        Repository %s carries some of the provider's tags but not all, so its owner \
        is not known. If no stack manages it, release it with `%s` and deploy again.\
        """
            .formatted(repository.name(), Ownership.releaseCommand(repository.arn())));
  }

  private static Map<String, String> taken(Owner self) {
    Map<String, String> tags = Ownership.identity(self);
    tags.put(Ownership.ADOPTED, "true");
    return tags;
  }

  /// Who had it is remembered, so that an adoption that is undone gives it back. A repeated
  /// delivery of an adoption finds itself as the owner and must not remember itself.
  private static Map<String, String> takenWithin(Owner self, Owner owner, Ownership ownership) {
    Map<String, String> tags = new LinkedHashMap<>(taken(self));
    if (!owner.equals(self) || !ownership.adopted()) {
      tags.put(Ownership.PREVIOUS_OWNER, owner.logicalId());
    }
    return tags;
  }

  private static String exists(Intent intent, ObservedRepository repository, Ownership ownership) {
    String name = repository.name();
    Optional<Owner> owner = ownership.owner();
    if (!intent.creating() && !ownership.marked()) {
      return """
      Repository %s carries none of the provider's tags, so it is not \
      changed: they were taken off, or it was deleted and made again by others. Put \
      them back with `%s`; or set AdoptExisting: true, if the provider's guardrail \
      AllowAdoption permits it.\
      """
          .formatted(name, Ownership.claimCommand(repository.arn(), intent.self()));
    }
    String whose =
        owner
            .map(o ->
                o.equals(intent.self())
                    ? "it was left behind by an earlier resource "
                        + o.logicalId()
                        + " of this stack"
                    : "it belongs to " + o)
            .orElse("no stack owns it");
    return """
    Repository %s exists already: %s. Choose another RepositoryName, or \
    delete the repository if nobody needs it%s.\
    """
        .formatted(
            name,
            whose,
            owner.filter(o -> !o.sameStack(intent.self()) && !intent.self().succeeds(o)).isPresent()
                ? ""
                : ", or take it over with AdoptExisting: true (the provider's guardrail"
                    + " AllowAdoption must permit it)");
  }
}
