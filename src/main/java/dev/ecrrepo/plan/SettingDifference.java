package dev.ecrrepo.plan;

import dev.ecrrepo.repository.AppliedRecord.Aspect;
import java.util.Optional;
import java.util.function.Function;

/// One setting of a repository that exists: the value to write, and the record's next entry for it.
///
/// @param wanted absent if the template states none for an adopted repository
/// @param statedBefore whether the old properties stated it
/// @param adopted whether the repository existed before a resource took it over
/// @param repeated whether this very event wrote the record
/// @param last what the record says of it
/// @param live what the repository has
/// @param encode the value as the record states it
/// @param decode the inverse; empty if it cannot be read back
record SettingDifference<T>(
    Optional<T> wanted,
    boolean statedBefore,
    boolean adopted,
    boolean repeated,
    Aspect last,
    T live,
    Function<T, String> encode,
    Function<String, Optional<T>> decode) {

  /// The value to write, if it is not there.
  Optional<T> change() {
    return wanted.or(this::valueToRestore).filter(value -> !value.equals(live));
  }

  /// What the record says of it next.
  Aspect nextAspect() {
    Optional<T> restored = wanted.isPresent() ? Optional.empty() : valueToRestore();
    if (restored.isPresent()) {
      return new Aspect(Optional.empty(), restored.map(encode));
    }
    Optional<String> former =
        Optional.of(encode.apply(live)).filter(value -> adopted || last.has(value));
    return last.withWanted(wanted.map(encode), former);
  }

  /// What the repository had before the template stated a value, if it no longer does: a rollback
  /// returns to it, unless somebody has changed it since.
  private Optional<T> valueToRestore() {
    boolean own =
        last.wanted().isPresent() ? last.wanted().get().equals(encode.apply(live)) : repeated;
    return statedBefore && own ? last.before().flatMap(decode) : Optional.empty();
  }
}
