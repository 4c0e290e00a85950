package dev.ecrrepo.report;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.AppliedRecord.Aspect;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A repository that is not as it was last applied.
///
/// @param differences a clause each: "ImageTagMutability is MUTABLE, but IMMUTABLE was applied"
record RepositoryDrift(ObservedRepository repository, List<String> differences) {

  /// Compares with the record. What the resource does not state is not compared.
  ///
  /// @return empty where nothing differs
  static Optional<RepositoryDrift> of(ObservedRepository repository, AppliedRecord record) {
    List<String> differences = new ArrayList<>();
    differing(record.tagMutability(), AppliedRecord.encode(repository.tagMutability()))
        .map(applied -> setting("ImageTagMutability", repository.tagMutability().mode(), applied))
        .ifPresent(differences::add);
    differing(record.scanOnPush(), Boolean.toString(repository.scanOnPush()))
        .map(applied ->
            setting(
                "ImageScanningConfiguration.ScanOnPush",
                Boolean.toString(repository.scanOnPush()),
                applied))
        .ifPresent(differences::add);
    Optional<LifecyclePolicy> lifecycle = repository.lifecyclePolicy();
    differing(record.lifecyclePolicy(), lifecycle.map(ObservedRepository::digest).orElse(""))
        .map(_ -> policy("lifecycle", lifecycle.isPresent()))
        .ifPresent(differences::add);
    Optional<RepositoryPolicy> policy = repository.repositoryPolicy();
    differing(record.repositoryPolicy(), policy.map(repository::digest).orElse(""))
        .map(_ -> policy("repository", policy.isPresent()))
        .ifPresent(differences::add);
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(new RepositoryDrift(repository, differences));
  }

  /// What was applied, if it is something and not what is live.
  private static Optional<String> differing(Aspect aspect, String live) {
    return aspect.wanted().filter(applied -> !applied.equals(live));
  }

  /// The record has a digest of exclusion filters after a dot.
  private static String setting(String property, String live, String applied) {
    String mode = applied.split("\\.", -1)[0];
    return mode.equals(live)
        ? property + " has other exclusion filters than were applied"
        : "%s is %s, but %s was applied".formatted(property, live, mode);
  }

  private static String policy(String which, boolean there) {
    return there
        ? "the " + which + " policy is not the one that was applied"
        : "the " + which + " policy that was applied is gone";
  }
}
