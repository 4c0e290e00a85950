package dev.ecrrepo.properties;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an Update's old properties stated, as far as it can be read. Nothing in them is checked:
/// after a failed update they may be faulty, and a newer provider may refuse what an older one
/// accepted. They apply to the repository that the event names, and to no other.
///
/// @param stated what they stated, by a property of its own or by a profile that they named
/// @param adoptExisting whether `AdoptExisting` was there and not plainly false
public record PreviousProperties(
    Optional<String> repositoryName,
    Map<String, String> tags,
    Set<Stated> stated,
    boolean adoptExisting,
    Optional<String> kmsKey,
    Policies policies) {

  /// What properties can state.
  enum Stated {
    TAG_MUTABILITY,
    SCAN_ON_PUSH,
    LIFECYCLE,
    REPOSITORY_POLICY
  }

  /// For a Create, and for any repository but the one that the event names.
  public static final PreviousProperties NOTHING =
      new PreviousProperties(
          Optional.empty(), Map.of(), Set.of(), false, Optional.empty(), Policies.NONE);

  public PreviousProperties {
    tags = Map.copyOf(tags);
    stated = Set.copyOf(stated);
  }

  public boolean statesTagMutability() {
    return stated.contains(Stated.TAG_MUTABILITY);
  }

  public boolean statesScanOnPush() {
    return stated.contains(Stated.SCAN_ON_PUSH);
  }

  public boolean statesLifecycle() {
    return stated.contains(Stated.LIFECYCLE);
  }

  public boolean statesRepositoryPolicy() {
    return stated.contains(Stated.REPOSITORY_POLICY);
  }
}
