package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.properties.Setting.Source;
import dev.ecrrepo.properties.TagMutability.Mode;
import dev.ecrrepo.validation.CheckedObject;
import dev.ecrrepo.validation.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the settings that ECR keeps with the repository itself: the property's value, or the
/// profile's.
record SettingsReader(CheckedObject properties, Setting<Profile> profile) {

  private static final String MUTABILITY = "ImageTagMutability";
  private static final String FILTERS = "ImageTagMutabilityExclusionFilters";
  private static final String FILTER_VALUE = "ImageTagMutabilityExclusionFilterValue";
  private static final String SCANNING = "ImageScanningConfiguration";
  private static final String ENCRYPTION = "EncryptionConfiguration";
  static final JsonPath KMS_KEY = JsonPath.of(ENCRYPTION).member("KmsKey");

  Decoded<Setting<TagMutability>> tagMutability() {
    Optional<String> stated = properties.text(MUTABILITY);
    Mode mode = Mode.valueOf(stated.orElse(profile.value().tagMutability().mode()));
    return new Decoded<>(
        stated.isPresent()
            ? new Setting<>(new TagMutability(mode, filters()), Source.PROPERTY)
            : fromProfile(profile.value().tagMutability()),
        filtersFault(mode, stated.isPresent()).stream().toList());
  }

  private Optional<Fault> filtersFault(Mode mode, boolean modeStated) {
    boolean filtersStated = properties.states(FILTERS);
    boolean excluding =
        mode == Mode.IMMUTABLE_WITH_EXCLUSION || mode == Mode.MUTABLE_WITH_EXCLUSION;
    boolean valid = properties.isValid(MUTABILITY) && properties.isValid(FILTERS);
    if (filtersStated && !excluding && valid) {
      String now =
          modeStated
              ? MUTABILITY + " is " + mode
              : MUTABILITY + " is not stated, and the profile sets it to " + mode;
      return Optional.of(
          Fault.at(
              JsonPath.of(FILTERS),
              "is not allowed, because " + now,
              "Write " + MUTABILITY + ": " + mode + "_WITH_EXCLUSION, or remove the filters."));
    }
    if (excluding && !filtersStated) {
      String plain = mode == Mode.MUTABLE_WITH_EXCLUSION ? "MUTABLE" : "IMMUTABLE";
      return Optional.of(
          Fault.at(
              JsonPath.of(MUTABILITY),
              mode + " needs " + FILTERS,
              "State one to five filters, or write " + plain + "."));
    }
    return Optional.empty();
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
    return properties
        .object(SCANNING)
        .flatMap(scanning -> scanning.bool("ScanOnPush"))
        .map(stated -> new Setting<>(stated, Source.PROPERTY))
        .orElseGet(() -> fromProfile(profile.value().scanOnPush()));
  }

  Decoded<Setting<Encryption>> encryption() {
    Optional<String> type = encryptionText(properties, "EncryptionType");
    Optional<String> key = kmsKey(properties);
    Setting<Encryption> setting =
        type.isEmpty() && key.isEmpty()
            ? fromProfile(profile.value().encryption())
            : new Setting<>(
                new Encryption(type.orElse(Encryption.Type.KMS.name()), key), Source.PROPERTY);
    boolean keyWithoutKms = setting.value().is(Encryption.Type.AES256) && key.isPresent();
    return new Decoded<>(
        setting,
        keyWithoutKms
            ? List.of(
                Fault.at(
                    KMS_KEY,
                    Fault.quote(key.get()) + " is a KMS key, but EncryptionType is AES256",
                    "Write EncryptionType: KMS, or remove the key."))
            : List.of());
  }

  static Optional<String> kmsKey(CheckedObject properties) {
    return encryptionText(properties, "KmsKey");
  }

  private static Optional<String> encryptionText(CheckedObject properties, String name) {
    return properties.object(ENCRYPTION).flatMap(stated -> stated.text(name));
  }

  private <T> Setting<T> fromProfile(T value) {
    return new Setting<>(value, profile.source());
  }
}
