package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.properties.Setting.Source;
import dev.ecrrepo.properties.TagMutability.Mode;
import java.util.List;
import java.util.Optional;

/// The settings that ECR keeps with the repository itself: the property's value, or the profile's.
/// Values of a wrong type are the schema's business and are passed over here.
final class SettingsReader {

  private static final String MUTABILITY = "ImageTagMutability";
  private static final String FILTERS = "ImageTagMutabilityExclusionFilters";
  private static final String FILTER_VALUE = "ImageTagMutabilityExclusionFilterValue";
  private static final String SCANNING = "ImageScanningConfiguration";
  private static final String ENCRYPTION = "EncryptionConfiguration";

  private final JsonObject properties;
  private final Setting<Profile> profile;
  private final List<Fault> faults;

  SettingsReader(JsonObject properties, Setting<Profile> profile, List<Fault> faults) {
    this.properties = properties;
    this.profile = profile;
    this.faults = faults;
  }

  Setting<TagMutability> tagMutability() {
    Optional<Mode> mode = properties.get(MUTABILITY).flatMap(value -> constant(Mode.class, value));
    boolean filtersStated = properties.get(FILTERS).isPresent();
    Mode effective = mode.orElseGet(() -> Mode.valueOf(profile.value().tagMutability().mode()));
    boolean excluding =
        effective == Mode.IMMUTABLE_WITH_EXCLUSION || effective == Mode.MUTABLE_WITH_EXCLUSION;
    if (filtersStated && !excluding) {
      String now =
          mode.isPresent()
              ? MUTABILITY + " is " + effective
              : MUTABILITY + " is not stated and " + effective + " by the profile";
      faults.add(
          Fault.at(
              JsonPath.of(FILTERS),
              "has no effect, for " + now,
              "Write "
                  + MUTABILITY
                  + ": "
                  + effective
                  + "_WITH_EXCLUSION, or remove the filters."));
    }
    if (excluding && !filtersStated) {
      String plain = effective == Mode.MUTABLE_WITH_EXCLUSION ? "MUTABLE" : "IMMUTABLE";
      faults.add(
          Fault.at(
              JsonPath.of(MUTABILITY),
              effective + " needs " + FILTERS,
              "State one to five filters, or write " + plain + "."));
    }
    return mode.map(stated -> new Setting<>(new TagMutability(stated, filters()), Source.PROPERTY))
        .orElseGet(() -> fromProfile(profile.value().tagMutability()));
  }

  private List<String> filters() {
    return properties.get(FILTERS).orElse(null) instanceof JsonArray(List<Json> elements)
        ? elements.stream()
            .flatMap(filter -> member(filter, FILTER_VALUE).stream())
            .flatMap(value -> Scalars.text(value).stream())
            .distinct()
            .toList()
        : List.of();
  }

  Setting<Boolean> scanOnPush() {
    return properties
        .get(SCANNING)
        .flatMap(scanning -> member(scanning, "ScanOnPush"))
        .flatMap(Scalars::bool)
        .map(stated -> new Setting<>(stated, Source.PROPERTY))
        .orElseGet(() -> fromProfile(profile.value().scanOnPush()));
  }

  Setting<Encryption> encryption() {
    Optional<Json> stated = properties.get(ENCRYPTION);
    Optional<Encryption.Type> type =
        stated
            .flatMap(encryption -> member(encryption, "EncryptionType"))
            .flatMap(value -> constant(Encryption.Type.class, value));
    Optional<String> key =
        stated.flatMap(encryption -> member(encryption, "KmsKey")).flatMap(Scalars::text);
    if (type.equals(Optional.of(Encryption.Type.AES256)) && key.isPresent()) {
      faults.add(
          Fault.at(
              JsonPath.of(ENCRYPTION).member("KmsKey"),
              Fault.quote(key.get()) + " is a KMS key, but EncryptionType is AES256",
              "Write EncryptionType: KMS, or remove the key."));
    }
    if (type.isEmpty() && key.isEmpty()) {
      return fromProfile(profile.value().encryption());
    }
    return new Setting<>(new Encryption(type.orElse(Encryption.Type.KMS), key), Source.PROPERTY);
  }

  private <T> Setting<T> fromProfile(T value) {
    return new Setting<>(value, profile.source());
  }

  private static Optional<Json> member(Json json, String name) {
    return json instanceof JsonObject object ? object.get(name) : Optional.empty();
  }

  private static <E extends Enum<E>> Optional<E> constant(Class<E> type, Json value) {
    Optional<String> text = Scalars.text(value);
    for (E constant : type.getEnumConstants()) {
      if (text.equals(Optional.of(constant.name()))) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
