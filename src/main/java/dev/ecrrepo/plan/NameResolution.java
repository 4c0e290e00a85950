package dev.ecrrepo.plan;

import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which repository a resource means.
public final class NameResolution {

  private NameResolution() {}

  /// The names that an Update may mean, of which the first is for a new repository. A name that was
  /// never stated stays what it is. One that is no longer stated means the generated name: the one
  /// that the repository has, under whatever prefix; or that of a repository that the resource had
  /// under the current or the former prefix, so that a rollback finds its way back; or a new one.
  ///
  /// @param stated by the template
  /// @param before what the old properties stated
  /// @param current the physical ID, if the provider gave it
  public static List<String> meant(
      Optional<String> stated,
      Optional<String> before,
      Optional<String> current,
      Guardrails guardrails,
      Owner self) {
    if (stated.isPresent()) {
      return List.of(stated.get());
    }
    if (current.isPresent()
        && (before.isEmpty() || RepositoryName.isGenerated(current.get(), self))) {
      return List.of(current.get());
    }
    List<String> names = new ArrayList<>(generatedAll(guardrails, self));
    if (guardrails.formerNamePrefix().isEmpty() && !guardrails.namePrefix().isEmpty()) {
      names.add(
          RepositoryName.generate("", self)); // the operator may not have said that it changed
    }
    return names;
  }

  /// Under the current prefix, then under the former one if there was one.
  public static List<String> generatedAll(Guardrails guardrails, Owner self) {
    return Stream.concat(Stream.of(guardrails.namePrefix()), guardrails.formerNamePrefix().stream())
        .map(prefix -> RepositoryName.generate(prefix, self))
        .distinct()
        .toList();
  }
}
