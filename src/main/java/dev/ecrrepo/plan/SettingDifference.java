package dev.ecrrepo.plan;

import dev.ecrrepo.properties.Setting;
import dev.ecrrepo.repository.AppliedRecord.Aspect;
import java.util.Optional;
import java.util.function.Function;

/// One setting of a repository that exists: what it should become, and what the record says then.
///
/// @param statedOnly whether only what the template states counts, as for an adopted repository
/// @param statedBefore whether the old properties stated it
/// @param repeated whether this very event wrote the record
/// @param last what the record says of it
/// @param live what the repository has
/// @param text the value as it stands in the record
/// @param parsed the inverse; empty where it cannot be read back
record SettingDifference<T>(
    Setting<T> setting,
    boolean statedOnly,
    boolean statedBefore,
    boolean repeated,
    Aspect last,
    T live,
    Function<T, String> text,
    Function<String, Optional<T>> parsed) {

  /// The value to write, if it is not there.
  Optional<T> change() {
    return (counts() ? Optional.of(setting.value()) : former())
        .filter(wanted -> !wanted.equals(live));
  }

  Aspect record() {
    Optional<T> former = counts() ? Optional.empty() : former();
    return former.isPresent()
        ? new Aspect(Optional.empty(), former.map(text))
        : last.then(
            Optional.of(setting).filter(_ -> counts()).map(Setting::value).map(text),
            Optional.of(text.apply(live)).filter(value -> statedOnly || last.has(value)));
  }

  private boolean counts() {
    return !statedOnly || setting.stated();
  }

  /// What the repository had before the template stated a value, if it no longer does: a rollback
  /// returns to it, unless somebody has changed it since.
  private Optional<T> former() {
    boolean own =
        last.wanted().isPresent() ? last.wanted().get().equals(text.apply(live)) : repeated;
    return statedBefore && own ? last.before().flatMap(parsed) : Optional.empty();
  }
}
