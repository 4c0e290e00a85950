package dev.ecrrepo.properties;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.LifecycleProperties;
import dev.ecrrepo.validation.CheckedObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A set of defaults that a template selects by name.
enum Profile {
  PRODUCTION("Production", TagMutability.Mode.IMMUTABLE, true, Encryption.Type.AES256),
  DEVELOPMENT("Development", TagMutability.Mode.MUTABLE, true, Encryption.Type.AES256),
  SHARED_REGISTRY("SharedRegistry", TagMutability.Mode.IMMUTABLE, true, Encryption.Type.KMS),
  NATIVE("Native", TagMutability.Mode.MUTABLE, false, Encryption.Type.AES256);

  private static final Json DAYS = Json.of(14);

  private final String text;
  private final TagMutability tagMutability;
  private final boolean scanOnPush;
  private final Encryption encryption;

  Profile(
      String text, TagMutability.Mode mutability, boolean scanOnPush, Encryption.Type encryption) {
    this.text = text;
    this.tagMutability = TagMutability.of(mutability);
    this.scanOnPush = scanOnPush;
    this.encryption = new Encryption(encryption, Optional.empty());
  }

  /// The profile that the properties name, or the default one.
  static Setting<Profile> of(CheckedObject properties) {
    String stated = properties.text("Profile").orElse("");
    for (Profile profile : values()) {
      if (profile.text.equals(stated)) {
        return new Setting<>(profile, Setting.Source.PROFILE);
      }
    }
    return new Setting<>(PRODUCTION, Setting.Source.DEFAULT);
  }

  /// As a template writes it.
  String text() {
    return text;
  }

  TagMutability tagMutability() {
    return tagMutability;
  }

  boolean scanOnPush() {
    return scanOnPush;
  }

  /// Counts only when the repository is created.
  Encryption encryption() {
    return encryption;
  }

  /// Which images expire if the template does not state it. Written as properties, so that they are
  /// read as those of a template are.
  LifecycleProperties lifecycle() {
    Map<String, Json> properties =
        switch (this) {
          case PRODUCTION -> Map.of("ExpireUntaggedAfterDays", DAYS);
          case DEVELOPMENT ->
              Map.of("ExpireUntaggedAfterDays", DAYS, "ExpireAllImagesAfterDays", DAYS);
          case SHARED_REGISTRY ->
              Map.of("ExpireUntaggedAfterDays", DAYS, "LifecycleRules", newestReleases());
          case NATIVE -> Map.of();
        };
    return LifecycleProperties.readUnchecked(
        new CheckedObject(JsonPath.of("Profile"), new JsonObject(properties)));
  }

  private static Json newestReleases() {
    Map<String, Json> rule =
        Map.of(
            "ForEachTagPattern", Json.strings(List.of("v*", "release*")),
            "MaxImageCount", Json.of(10));
    return Json.array(List.of(Json.object(rule)));
  }
}
