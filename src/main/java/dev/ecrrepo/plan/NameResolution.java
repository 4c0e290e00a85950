package dev.ecrrepo.plan;

import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Determines the repository name of a resource.
public final class NameResolution {

  private NameResolution() {}

  /// The name of a new repository.
  public static String ofCreate(Optional<String> stated, Guardrails guardrails, Owner self) {
    return stated.orElseGet(() -> RepositoryName.generate(guardrails.namePrefix(), self));
  }

  /// The name after an Update:
  ///
  /// 1. `RepositoryName`, if the template states it.
  /// 2. The current name, if neither the old nor the new properties state one, or if the current
  ///    name is generated.
  /// 3. A generated name under which the resource owns a repository: a rollback returns to it.
  /// 4. A new generated name.
  ///
  /// @param stated by the new properties
  /// @param previous by the old properties
  /// @param current the repository name in the physical ID; empty if that is not a repository name
  /// @param isOwn whether the resource owns a repository of this name; called only if several names
  ///   are possible
  public static String ofUpdate(
      Optional<String> stated,
      Optional<String> previous,
      Optional<String> current,
      Guardrails guardrails,
      Owner self,
      Predicate<String> isOwn) {
    if (stated.isPresent()) {
      return stated.get();
    }
    if (current.isPresent()
        && (previous.isEmpty() || RepositoryName.isGenerated(current.get(), self))) {
      return current.get();
    }
    List<String> names = new ArrayList<>(generatedNames(guardrails, self));
    // The operator may have introduced the prefix without setting FormerNamePrefix to "*".
    if (guardrails.formerNamePrefix().isEmpty() && !guardrails.namePrefix().isEmpty()) {
      names.add(RepositoryName.generate("", self));
    }
    return names.size() == 1
        ? names.getFirst()
        : names.stream().filter(isOwn).findFirst().orElse(names.getFirst());
  }

  /// The generated names: with the current prefix, then with the former one, if it is set.
  public static List<String> generatedNames(Guardrails guardrails, Owner self) {
    return Stream.concat(Stream.of(guardrails.namePrefix()), guardrails.formerNamePrefix().stream())
        .map(prefix -> RepositoryName.generate(prefix, self))
        .distinct()
        .toList();
  }
}
