package dev.ecrrepo.plan;

import dev.ecrrepo.properties.Setting;
import dev.ecrrepo.repository.AppliedRecord.Aspect;
import java.util.Optional;
import java.util.function.Function;

/// One setting of a repository that exists: the value to write, and the record's next entry for it.
///
/// @param statedOnly whether only what the template states counts, as for an adopted repository
/// @param adopted whether the repository existed before a resource took it over
/// @param statedBefore whether the old properties stated it
/// @param repeated whether this very event wrote the record
/// @param last what the record says of it
/// @param live what the repository has
/// @param encode the value as the record states it
/// @param decode the inverse; empty if it cannot be read back
record SettingDifference<T>(
    Setting<T> setting,
    boolean statedOnly,
    boolean adopted,
    boolean statedBefore,
    boolean repeated,
    Aspect last,
    T live,
    Function<T, String> encode,
    Function<String, Optional<T>> decode) {

  /// The value to write, if it is not there.
  Optional<T> change() {
    return (isManaged() ? Optional.of(setting.value()) : valueToRestore())
        .filter(wanted -> !wanted.equals(live));
  }

  Aspect nextAspect() {
    Optional<T> valueToRestore = isManaged() ? Optional.empty() : valueToRestore();
    return valueToRestore.isPresent()
        ? new Aspect(Optional.empty(), valueToRestore.map(encode))
        : last.withWanted(
            isManaged() ? Optional.of(encode.apply(setting.value())) : Optional.empty(),
            Optional.of(encode.apply(live)).filter(value -> adopted || last.has(value)));
  }

  private boolean isManaged() {
    return !statedOnly || setting.stated();
  }

  /// What the repository had before the template stated a value, if it no longer does: a rollback
  /// returns to it, unless somebody has changed it since.
  private Optional<T> valueToRestore() {
    boolean own =
        last.wanted().isPresent() ? last.wanted().get().equals(encode.apply(live)) : repeated;
    return statedBefore && own ? last.before().flatMap(decode) : Optional.empty();
  }
}
