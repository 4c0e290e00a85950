package dev.ecrrepo.repository;

import java.util.Optional;

/// What was found under a name, seen by one resource.
public sealed interface Observation {

  /// There is no such repository.
  record Absent() implements Observation {}

  /// It carries this resource's tags.
  record Owned(ObservedRepository repository) implements Observation {}

  /// It belongs to somebody else, or to nobody.
  record Foreign(ObservedRepository repository) implements Observation {}

  static Observation of(Optional<ObservedRepository> found, Owner self) {
    return found
        .<Observation>map(repository ->
            repository.ownership().owner().filter(self::equals).isPresent()
                ? new Owned(repository)
                : new Foreign(repository))
        .orElseGet(Absent::new);
  }
}
