package dev.ecrrepo.plan;

import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which repository a resource means.
public final class NameResolution {

  private NameResolution() {}

  /// The name of a new repository.
  public static String ofCreate(Optional<String> stated, Guardrails guardrails, Owner self) {
    return stated.orElseGet(() -> RepositoryName.generate(guardrails.namePrefix(), self));
  }

  /// The name that an Update means:
  ///
  /// 1. `RepositoryName`, if the template states it.
  /// 2. The current name, if the template never stated one, or if the current name is generated.
  /// 3. A generated name under which the resource owns a repository: a rollback returns to it.
  /// 4. A new generated name.
  ///
  /// @param stated by the template
  /// @param before what the old properties stated
  /// @param current the physical ID, if the provider gave it
  /// @param isOwn whether the resource owns a repository of this name; called only if several names
  ///   are possible
  public static String ofUpdate(
      Optional<String> stated,
      Optional<String> before,
      Optional<String> current,
      Guardrails guardrails,
      Owner self,
      Predicate<String> isOwn) {
    if (stated.isPresent()) {
      return stated.get();
    }
    if (current.isPresent()
        && (before.isEmpty() || RepositoryName.isGenerated(current.get(), self))) {
      return current.get();
    }
    List<String> names = new ArrayList<>(generatedNames(guardrails, self));
    // The former prefix may have been empty although FormerNamePrefix is not set.
    if (guardrails.formerNamePrefix().isEmpty() && !guardrails.namePrefix().isEmpty()) {
      names.add(RepositoryName.generate("", self));
    }
    return names.size() == 1
        ? names.getFirst()
        : names.stream().filter(isOwn).findFirst().orElse(names.getFirst());
  }

  /// Under the current prefix, then under the former one if there was one.
  public static List<String> generatedNames(Guardrails guardrails, Owner self) {
    return Stream.concat(Stream.of(guardrails.namePrefix()), guardrails.formerNamePrefix().stream())
        .map(prefix -> RepositoryName.generate(prefix, self))
        .distinct()
        .toList();
  }
}
