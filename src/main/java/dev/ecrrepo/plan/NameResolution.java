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

  /// The name that an Update means. A name that was never stated stays what it is. One that is no
  /// longer stated means the generated name: the one that the repository has, under whatever
  /// prefix; or that of a repository that the resource had under the current or the former prefix,
  /// so that a rollback finds its way back; or a new one.
  ///
  /// @param stated by the template
  /// @param before what the old properties stated
  /// @param current the physical ID, if the provider gave it
  /// @param isOwn whether a repository of this name exists and is the resource's; asked only where
  ///   several names are possible
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
    List<String> names = new ArrayList<>(generatedAll(guardrails, self));
    if (guardrails.formerNamePrefix().isEmpty() && !guardrails.namePrefix().isEmpty()) {
      names.add(
          RepositoryName.generate("", self)); // the operator may not have said that it changed
    }
    return names.size() == 1
        ? names.getFirst()
        : names.stream().filter(isOwn).findFirst().orElse(names.getFirst());
  }

  /// Under the current prefix, then under the former one if there was one.
  public static List<String> generatedAll(Guardrails guardrails, Owner self) {
    return Stream.concat(Stream.of(guardrails.namePrefix()), guardrails.formerNamePrefix().stream())
        .map(prefix -> RepositoryName.generate(prefix, self))
        .distinct()
        .toList();
  }
}
