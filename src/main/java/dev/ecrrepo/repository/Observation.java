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

  /// The repository that was found, whoever owns it.
  default Optional<ObservedRepository> found() {
    return switch (this) {
      case Absent _ -> Optional.empty();
      case Owned(ObservedRepository repository) -> Optional.of(repository);
      case Foreign(ObservedRepository repository) -> Optional.of(repository);
    };
  }

  static Observation of(Optional<ObservedRepository> found, StackResource self) {
    return found
        .<Observation>map(repository ->
            repository.ownership().owner().filter(self::equals).isPresent()
                ? new Owned(repository)
                : new Foreign(repository))
        .orElseGet(Absent::new);
  }
}
