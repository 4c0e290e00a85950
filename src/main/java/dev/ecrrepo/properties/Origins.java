package dev.ecrrepo.properties;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.lifecycle.LifecycleWishes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where each value comes from, as the log tells it: from the template, or from which profile.
final class Origins {

  private Origins() {}

  static List<String> of(
      JsonObject properties,
      Setting<TagMutability> tagMutability,
      Setting<Boolean> scanOnPush,
      Setting<Encryption> encryption,
      Profile profile) {
    return List.of(
        told("ImageTagMutability " + tagMutability.value().mode(), tagMutability, profile),
        told("ScanOnPush " + scanOnPush.value(), scanOnPush, profile),
        told("EncryptionType " + encryption.value().type(), encryption, profile),
        "lifecycle rules " + lifecycle(properties, profile));
  }

  private static String told(String value, Setting<?> setting, Profile profile) {
    return value
        + (setting.source() == Setting.Source.PROPERTY ? " from the template" : from(profile));
  }

  private static String lifecycle(JsonObject properties, Profile profile) {
    Stream<String> stated =
        LifecycleWishes.PROPERTIES.stream()
            .filter(name ->
                !name.equals(LifecycleWishes.LIFECYCLE_POLICY) && says(properties.get(name)));
    String own = String.join(", ", stated.toList());
    if (properties.get(LifecycleWishes.LIFECYCLE_POLICY).isPresent()) {
      return "from the template's LifecyclePolicy alone, instead of "
          + (own.isEmpty() ? "" : own + " and ")
          + "those"
          + from(profile);
    }
    return own.isEmpty()
        ? from(profile).strip()
        : "from the template's " + own + ", over those" + from(profile);
  }

  /// An empty list says nothing: conditions and parameters leave such.
  private static boolean says(Optional<Json> value) {
    return value.isPresent()
        && !(value.get() instanceof JsonArray(List<Json> elements) && elements.isEmpty());
  }

  private static String from(Profile profile) {
    return " from profile " + profile.text();
  }
}
