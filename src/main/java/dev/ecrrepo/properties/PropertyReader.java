package dev.ecrrepo.properties;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.Scalars;
import dev.ecrrepo.identifier.KmsKey;
import dev.ecrrepo.lifecycle.LifecycleProperties;
import dev.ecrrepo.properties.DeletionOptions.Flag;
import dev.ecrrepo.properties.PreviousProperties.Stated;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.validation.CheckedObject;
import dev.ecrrepo.validation.SchemaValidator;
import dev.ecrrepo.validation.ValidationResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a template's properties. The new ones are validated; the old ones of an Update, and those
/// of a Delete, are read without validation.
///
/// The faults of single values and those of several properties together are reported at once, so
/// that an author can correct all of them.
public final class PropertyReader {

  private final Schema schema;
  private final String partition;
  private final String region;
  private final Optional<String> account;

  /// @param partition of the Region that the repository is in: `aws`, `aws-cn`, …
  /// @param region that the repository is in
  /// @param account of the registry, 12 digits; empty if it is not known
  public PropertyReader(Schema schema, String partition, String region, Optional<String> account) {
    this.schema = schema;
    this.partition = partition;
    this.region = region;
    this.account = account;
  }

  /// What a Create or Update asks for.
  public ReadResult read(JsonObject document) {
    ValidationResult checked = SchemaValidator.validate(schema, document, JsonPath.ROOT);
    CheckedObject properties = checked.values();
    List<Fault> faults = new ArrayList<>();
    Setting<Profile> profile = Profile.of(properties);
    SettingsReader settings = new SettingsReader(properties, profile);
    Setting<TagMutability> tagMutability = settings.tagMutability().addFaultsTo(faults);
    Setting<Boolean> scanOnPush = settings.scanOnPush();
    Setting<Encryption> encryption = settings.encryption().addFaultsTo(faults);
    kmsKeyFault(properties).ifPresent(faults::add);
    Policies policies = Policies.read(properties, partition, account).addFaultsTo(faults);
    Map<String, String> tags = TagReader.read(properties).addFaultsTo(faults);
    if (!checked.passed() || !faults.isEmpty()) {
      return new ReadResult.Faulty(FaultOrder.merge(document, checked, faults));
    }
    DesiredRepository desired =
        new DesiredRepository(
            name(properties.values()),
            tagMutability,
            scanOnPush,
            encryption,
            policies,
            statesLifecycle(properties),
            properties.bool("AdoptExisting").orElse(false),
            tags,
            ValueSources.of(properties, tagMutability, scanOnPush, encryption, profile.value()));
    return new ReadResult.Desired(desired, LifecycleProperties.overridden(properties));
  }

  /// What a Delete needs. No fault prevents a deletion.
  public DeletionOptions readForDelete(JsonObject properties) {
    return new DeletionOptions(
        name(properties), flag(properties, "EmptyOnDelete"), flag(properties, "AdoptExisting"));
  }

  /// What the properties before an Update stated, unchecked.
  public PreviousProperties readPrevious(JsonObject document) {
    CheckedObject properties = SchemaValidator.decode(schema, document);
    return new PreviousProperties(
        name(properties.values()),
        TagReader.read(properties).value(),
        stated(properties),
        flag(document, "AdoptExisting") != Flag.FALSE_OR_ABSENT,
        SettingsReader.kmsKey(properties),
        Policies.readUnchecked(properties, partition));
  }

  /// A value that cannot be read counts as stated, too: after a failed update the old properties
  /// may be faulty.
  private static Set<Stated> stated(CheckedObject properties) {
    Set<Stated> stated = EnumSet.noneOf(Stated.class);
    if (Profile.of(properties).stated()) {
      stated.addAll(Set.of(Stated.TAG_MUTABILITY, Stated.SCAN_ON_PUSH));
    }
    if (properties.states("ImageTagMutability")) {
      stated.add(Stated.TAG_MUTABILITY);
    }
    if (statesScanOnPush(properties)) {
      stated.add(Stated.SCAN_ON_PUSH);
    }
    if (statesLifecycle(properties)) {
      stated.add(Stated.LIFECYCLE);
    }
    if (properties.states("Access") || properties.states("RepositoryPolicyText")) {
      stated.add(Stated.REPOSITORY_POLICY);
    }
    return stated;
  }

  private static Optional<String> name(JsonObject properties) {
    return properties.string("RepositoryName").filter(name -> !name.isEmpty());
  }

  /// Why ECR cannot use the KMS key, if it cannot.
  private Optional<Fault> kmsKeyFault(CheckedObject properties) {
    return SettingsReader.kmsKey(properties)
        .flatMap(key -> KmsKey.fault(key, partition, region, SettingsReader.KMS_KEY));
  }

  private static boolean statesScanOnPush(CheckedObject properties) {
    return properties
        .object("ImageScanningConfiguration")
        .filter(scanning -> scanning.states("ScanOnPush"))
        .isPresent();
  }

  /// By a profile or by a lifecycle property.
  private static boolean statesLifecycle(CheckedObject properties) {
    return Profile.of(properties).stated()
        || !LifecycleProperties.statedNames(properties).isEmpty();
  }

  private static Flag flag(JsonObject properties, String property) {
    Optional<Json> value = properties.get(property);
    if (value.isEmpty()) {
      return Flag.FALSE_OR_ABSENT;
    }
    Optional<Boolean> stated = Scalars.bool(value.get());
    if (stated.isEmpty()) {
      return Flag.UNREADABLE;
    }
    return stated.get() ? Flag.TRUE : Flag.FALSE_OR_ABSENT;
  }
}
