package dev.ecrrepo.plan;

import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.Setting;
import dev.ecrrepo.properties.TagMutability;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.Change;
import dev.ecrrepo.repository.Change.PutImageScanningConfiguration;
import dev.ecrrepo.repository.Change.PutImageTagMutability;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a repository that exists differs from what its resource wants: one method for each aspect.
final class Differences {

  private final ReconcileRequest request;
  private final DesiredRepository desired;
  private final ObservedRepository repository;
  private final boolean statedOnly;
  private final AppliedRecord last;
  private final PolicyDifferences policies;

  private Differences(
      ReconcileRequest request,
      ObservedRepository repository,
      Optional<AppliedRecord> applied,
      boolean statedOnly) {
    this.request = request;
    this.desired = request.desired();
    this.repository = repository;
    this.statedOnly = statedOnly;
    this.last = applied.orElseGet(AppliedRecord::nothing);
    this.policies = new PolicyDifferences(request, repository, statedOnly, applied, isRepeated());
  }

  /// Of a repository that is this resource's, or another one's of the same stack.
  ///
  /// @param statedOnly whether what the template does not state stays as it is
  static Differences of(
      ReconcileRequest request, ObservedRepository repository, boolean statedOnly) {
    return new Differences(request, repository, repository.applied(), statedOnly);
  }

  /// Of a repository without an owner, or whose owner has ended: an earlier resource of this
  /// logical ID, or one of a deleted stack. Its record is ignored, because it describes the former
  /// owner. Only what the template states counts.
  static Differences ofForeign(ReconcileRequest request, ObservedRepository repository) {
    return new Differences(request, repository, Optional.empty(), true);
  }

  Optional<PutImageTagMutability> tagMutabilityChange() {
    return tagMutabilitySetting().change().map(PutImageTagMutability::new);
  }

  Optional<PutImageScanningConfiguration> scanOnPushChange() {
    return scanOnPushSetting().change().map(PutImageScanningConfiguration::new);
  }

  private SettingDifference<TagMutability> tagMutabilitySetting() {
    return new SettingDifference<>(
        wanted(desired.tagMutability()),
        request.previous().statesTagMutability(),
        isAdopted(),
        isRepeated(),
        last.tagMutability(),
        repository.tagMutability(),
        AppliedRecord::encode,
        AppliedRecord::decodeTagMutability);
  }

  private SettingDifference<Boolean> scanOnPushSetting() {
    return new SettingDifference<>(
        wanted(desired.scanOnPush()),
        request.previous().statesScanOnPush(),
        isAdopted(),
        isRepeated(),
        last.scanOnPush(),
        repository.scanOnPush(),
        String::valueOf,
        value -> Optional.of(Boolean.valueOf(value)));
  }

  private <T> Optional<T> wanted(Setting<T> setting) {
    return Optional.of(setting).filter(s -> s.stated() || !statedOnly).map(Setting::value);
  }

  private boolean isAdopted() {
    return statedOnly || repository.ownership().adopted();
  }

  /// Whether this very event wrote the record.
  private boolean isRepeated() {
    return request.time().isPresent() && last.time().equals(request.time());
  }

  PolicyDifferences policies() {
    return policies;
  }

  /// The changes of settings and policies. Those of one step are made at the same time. ECR keeps
  /// tag mutability and scanning in one place, so if both change, scanning waits for the second
  /// step.
  List<List<Change>> changes() {
    List<Change> first = new ArrayList<>();
    List<Change> second = new ArrayList<>();
    Optional<PutImageTagMutability> tagMutability = tagMutabilityChange();
    policies.lifecycleChange().ifPresent(first::add);
    policies.repositoryPolicyChange().ifPresent(first::add);
    tagMutability.ifPresent(first::add);
    scanOnPushChange().ifPresent(tagMutability.isPresent() ? second::add : first::add);
    return List.of(first, second);
  }

  /// What differs, in an author's words, even where no change follows because it is refused.
  List<String> names() {
    List<String> names = new ArrayList<>();
    tagMutabilityChange().ifPresent(_ -> names.add("ImageTagMutability"));
    scanOnPushChange().ifPresent(_ -> names.add("ImageScanningConfiguration.ScanOnPush"));
    if (policies.lifecycle() != PolicyDecision.NOTHING) {
      names.add("the lifecycle policy");
    }
    if (policies.repositoryPolicy() != PolicyDecision.NOTHING) {
      names.add("the repository policy");
    }
    return names;
  }

  /// The record of this event, but for whether it returned to the repository. It is written before
  /// the changes of settings and policies.
  AppliedRecord nextRecord() {
    return new AppliedRecord(
        request.time(),
        tagMutabilitySetting().nextAspect(),
        scanOnPushSetting().nextAspect(),
        policies.nextLifecycleAspect(),
        policies.nextRepositoryPolicyAspect(),
        Optional.empty());
  }
}
