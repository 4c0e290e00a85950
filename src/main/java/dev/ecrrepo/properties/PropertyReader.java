package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.properties.DeleteWishes.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            policies.repository(),
            flag(properties, "EmptyOnDelete") == Flag.TRUE,
            flag(properties, "AdoptExisting") == Flag.TRUE,
            TagReader.read(properties, joint),
            Origins.of(properties, tagMutability, scanOnPush, encryption, profile.value()));
    return check.passed() && joint.isEmpty()
        ? new Reading.Desired(desired, policies.overridden())
        : new Reading.Faulty(FaultOrder.merge(properties, check, joint));
  }

  /// What a Delete has to know. A fault is no obstacle to a deletion.
  public DeleteWishes readForDelete(JsonObject properties) {
    return new DeleteWishes(
        name(properties),
        flag(properties, "EmptyOnDelete"),
        flag(properties, "AdoptExisting"),
        lenient(properties).statedLifecycle());
  }

  /// What the properties before an Update stated. Those of a failed update may be faulty: a policy
  /// with a fault never came into force.
  public StatedBefore readBefore(JsonObject properties) {
    Map<String, String> tags = TagReader.read(properties, new ArrayList<>());
    Policies policies = lenient(properties);
    return new StatedBefore(
        name(properties),
        tags.keySet(),
        policies.lifecycle(),
        policies.statedLifecycle(),
        policies.repository());
  }

  /// The policies without faults; one that has any is absent.
  private Policies lenient(JsonObject properties) {
    return Policies.readSound(schema, properties, partition, account);
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
