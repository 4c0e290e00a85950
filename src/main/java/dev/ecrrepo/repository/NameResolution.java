package dev.ecrrepo.repository;

import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.PreviousProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Determines the repository name of a resource.
public record NameResolution(NamePrefix prefix, StackResource self) {

  /// The name of a new repository.
  public String ofCreate(DesiredRepository desired) {
    return desired.name().orElseGet(() -> generated(prefix.current()));
  }

  /// The name after an Update:
  ///
  /// 1. `RepositoryName`, if the template states it.
  /// 2. The current name, if neither the old nor the new properties state one, or if the current
  ///    name is generated.
  /// 3. A generated name under which the resource owns a repository: a rollback returns to it.
  /// 4. A new generated name.
  ///
  /// @param current the repository name in the physical ID; empty if that is not a repository name
  /// @param isOwn whether the resource owns a repository of this name; called only if several names
  ///   are possible
  public String ofUpdate(
      DesiredRepository desired,
      PreviousProperties previous,
      Optional<String> current,
      Predicate<String> isOwn) {
    if (desired.name().isPresent()) {
      return desired.name().get();
    }
    if (current.isPresent()
        && (previous.repositoryName().isEmpty()
            || RepositoryName.isGenerated(current.get(), self))) {
      return current.get();
    }
    List<String> names = new ArrayList<>(generatedNames());
    // The operator may have introduced the prefix without setting FormerNamePrefix to "*".
    if (prefix.former().isEmpty() && !prefix.current().isEmpty()) {
      names.add(generated(""));
    }
    return names.size() == 1
        ? names.getFirst()
        : names.stream().filter(isOwn).findFirst().orElse(names.getFirst());
  }

  /// The generated names: with the current prefix, then with the former one, if it is set.
  public List<String> generatedNames() {
    return Stream.concat(Stream.of(prefix.current()), prefix.former().stream())
        .map(this::generated)
        .distinct()
        .toList();
  }

  private String generated(String beginning) {
    return RepositoryName.generate(beginning, self);
  }
}
