package dev.ecrrepo.properties;

import dev.ecrrepo.lifecycle.LifecycleProperties;
import dev.ecrrepo.validation.CheckedObject;
import java.util.List;

/// Where each value that is asked for comes from, for the log: from the template, or from which
/// profile. An adopted repository takes only what is stated, and an existing one keeps its
/// encryption.
final class ValueSources {

  private ValueSources() {}

  static List<String> of(
      CheckedObject properties,
      Setting<TagMutability> tagMutability,
      Setting<Boolean> scanOnPush,
      Setting<Encryption> encryption,
      Profile profile) {
    return List.of(
        setting("ImageTagMutability " + tagMutability.value().mode(), tagMutability, profile),
        setting("ScanOnPush " + scanOnPush.value(), scanOnPush, profile),
        setting("EncryptionType " + encryption.value().type(), encryption, profile),
        "lifecycle rules " + lifecycle(properties, profile));
  }

  private static String setting(String value, Setting<?> setting, Profile profile) {
    return value
        + (setting.source() == Setting.Source.PROPERTY
            ? " from the template"
            : " " + from(profile, setting.stated()));
  }

  private static String lifecycle(CheckedObject properties, Profile profile) {
    List<String> stated = LifecycleProperties.statedNames(properties);
    boolean wholePolicy = stated.remove(LifecycleProperties.LIFECYCLE_POLICY);
    String own = String.join(", ", stated);
    String from = from(profile, properties.states("Profile"));
    if (wholePolicy) {
      return "from the template's LifecyclePolicy alone, instead of "
          + (own.isEmpty() ? "" : own + " and ")
          + "those "
          + from;
    }
    return own.isEmpty() ? from : "from the template's " + own + ", over those " + from;
  }

  private static String from(Profile profile, boolean stated) {
    return (stated ? "from profile " : "from the default profile ") + profile.text();
  }
}
