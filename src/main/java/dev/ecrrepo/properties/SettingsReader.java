package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.properties.Setting.Source;
import dev.ecrrepo.properties.TagMutability.Mode;
import dev.ecrrepo.validation.CheckedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the settings that ECR keeps with the repository itself: the property's value, or the
/// profile's.
final class SettingsReader {

  private static final String MUTABILITY = "ImageTagMutability";
  private static final String FILTERS = "ImageTagMutabilityExclusionFilters";
  private static final String FILTER_VALUE = "ImageTagMutabilityExclusionFilterValue";
  private static final String SCANNING = "ImageScanningConfiguration";
  private static final String ENCRYPTION = "EncryptionConfiguration";

  private final CheckedObject properties;
  private final Setting<Profile> profile;
  private final List<Fault> faults;

  SettingsReader(CheckedObject properties, Setting<Profile> profile, List<Fault> faults) {
    this.properties = properties;
    this.profile = profile;
    this.faults = faults;
  }

  Setting<TagMutability> tagMutability() {
    Optional<String> stated = properties.text(MUTABILITY);
    Mode mode = Mode.valueOf(stated.orElse(profile.value().tagMutability().mode()));
    checkFilters(mode, stated.isPresent());
    return stated.isPresent()
        ? new Setting<>(new TagMutability(mode, filters()), Source.PROPERTY)
        : fromProfile(profile.value().tagMutability());
  }

  private void checkFilters(Mode mode, boolean modeStated) {
    boolean filtersStated = properties.states(FILTERS);
    boolean excluding =
        mode == Mode.IMMUTABLE_WITH_EXCLUSION || mode == Mode.MUTABLE_WITH_EXCLUSION;
    boolean valid = properties.isValid(MUTABILITY) && properties.isValid(FILTERS);
    if (filtersStated && !excluding && valid) {
      String now =
          modeStated
              ? MUTABILITY + " is " + mode
              : MUTABILITY + " is not stated and " + mode + " by the profile";
      faults.add(
          Fault.at(
              JsonPath.of(FILTERS),
              "has no effect, because " + now,
              "Write " + MUTABILITY + ": " + mode + "_WITH_EXCLUSION, or remove the filters."));
    }
    if (excluding && !filtersStated) {
      String plain = mode == Mode.MUTABLE_WITH_EXCLUSION ? "MUTABLE" : "IMMUTABLE";
      faults.add(
          Fault.at(
              JsonPath.of(MUTABILITY),
              mode + " needs " + FILTERS,
              "State one to five filters, or write " + plain + "."));
    }
  }

  private List<String> filters() {
    List<String> filters = new ArrayList<>();
    for (CheckedObject filter : properties.objects(FILTERS)) {
      String value = filter.text(FILTER_VALUE).orElse("");
      if (!filters.contains(value)) {
        filters.add(value);
      }
    }
    return filters;
  }

  Setting<Boolean> scanOnPush() {
    Optional<CheckedObject> scanning = properties.object(SCANNING);
    Optional<Boolean> stated =
        scanning.isPresent() ? scanning.get().bool("ScanOnPush") : Optional.empty();
    return stated.isPresent()
        ? new Setting<>(stated.get(), Source.PROPERTY)
        : fromProfile(profile.value().scanOnPush());
  }

  Setting<Encryption> encryption() {
    Optional<CheckedObject> stated = properties.object(ENCRYPTION);
    if (stated.isEmpty()) {
      return fromProfile(profile.value().encryption());
    }
    Optional<String> type = stated.get().text("EncryptionType");
    Optional<String> key = stated.get().text("KmsKey");
    if (type.equals(Optional.of(Encryption.Type.AES256.name())) && key.isPresent()) {
      faults.add(
          Fault.at(
              stated.get().path("KmsKey"),
              Fault.quote(key.get()) + " is a KMS key, but EncryptionType is AES256",
              "Write EncryptionType: KMS, or remove the key."));
    }
    return type.isEmpty() && key.isEmpty()
        ? fromProfile(profile.value().encryption())
        : new Setting<>(
            new Encryption(type.orElse(Encryption.Type.KMS.name()), key), Source.PROPERTY);
  }

  private <T> Setting<T> fromProfile(T value) {
    return new Setting<>(value, profile.source());
  }
}
