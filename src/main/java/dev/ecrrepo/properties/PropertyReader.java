package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.lifecycle.LifecycleWishes;
import dev.ecrrepo.properties.DeletionOptions.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a template's properties: strictly for what shall be, leniently for what was.
///
/// The schema's faults and those of the rules that join properties come together, so that an author
/// mends them in one go.
public final class PropertyReader {

  private final Schema schema;
  private final String partition;
  private final Optional<String> account;

  /// @param partition of the Region that the repository is in: `aws`, `aws-cn`, …
  /// @param account of the registry, 12 digits; empty where it is not known
  public PropertyReader(Schema schema, String partition, Optional<String> account) {
    this.schema = schema;
    this.partition = partition;
    this.account = account;
  }

  /// What a Create or Update asks for.
  public Reading read(JsonObject properties) {
    SchemaCheck check = SchemaCheck.of(schema, properties);
    List<Fault> joint = new ArrayList<>();
    Setting<Profile> profile = Profile.of(properties);
    SettingsReader settings = new SettingsReader(properties, profile, joint);
    Setting<TagMutability> tagMutability = settings.tagMutability();
    Setting<Boolean> scanOnPush = settings.scanOnPush();
    Setting<Encryption> encryption = settings.encryption();
    Policies policies = Policies.read(properties, partition, account, joint);
    DesiredRepository desired =
        new DesiredRepository(
            name(properties),
            tagMutability,
            scanOnPush,
            encryption,
            policies.lifecycle(),
            policies.statedLifecycle(),
            statesLifecycle(properties),
            policies.repository(),
            flag(properties, "AdoptExisting") == Flag.TRUE,
            TagReader.read(properties, joint),
            Origins.of(properties, tagMutability, scanOnPush, encryption, profile.value()));
    return check.passed() && joint.isEmpty()
        ? new Reading.Desired(desired, policies.overridden())
        : new Reading.Faulty(FaultOrder.merge(properties, check, joint));
  }

  /// What a Delete has to know. A fault is no obstacle to a deletion.
  public DeletionOptions readForDelete(JsonObject properties) {
    return new DeletionOptions(
        name(properties), flag(properties, "EmptyOnDelete"), flag(properties, "AdoptExisting"));
  }

  /// What the properties before an Update stated, unchecked.
  public PreviousProperties readPrevious(JsonObject properties) {
    boolean profile = Profile.of(properties).stated();
    Policies policies = Policies.readAny(properties, partition);
    return new PreviousProperties(
        name(properties),
        TagReader.read(properties, new ArrayList<>()),
        profile || properties.get("ImageTagMutability").isPresent(),
        profile || properties.get("ImageScanningConfiguration").isPresent(),
        statesLifecycle(properties),
        properties.get("Access").isPresent() || properties.get("RepositoryPolicyText").isPresent(),
        flag(properties, "AdoptExisting") != Flag.FALSE_OR_ABSENT,
        new SettingsReader(properties, Profile.of(properties), new ArrayList<>())
            .encryption()
            .value()
            .kmsKey(),
        policies.lifecycle(),
        policies.statedLifecycle(),
        policies.repository());
  }

  private static boolean statesLifecycle(JsonObject properties) {
    // An empty list states nothing: conditions and parameters leave such.
    return Profile.of(properties).stated()
        || LifecycleWishes.PROPERTIES.stream()
            .flatMap(name -> properties.get(name).stream())
            .anyMatch(value -> !value.equals(Json.array(List.of())));
  }

  private static Optional<String> name(JsonObject properties) {
    return properties.string("RepositoryName").filter(name -> !name.isEmpty());
  }

  private static Flag flag(JsonObject properties, String property) {
    Optional<Json> value = properties.get(property);
    if (value.isEmpty()) {
      return Flag.FALSE_OR_ABSENT;
    }
    return value
        .flatMap(Scalars::bool)
        .map(stated -> stated ? Flag.TRUE : Flag.FALSE_OR_ABSENT)
        .orElse(Flag.UNREADABLE);
  }
}
