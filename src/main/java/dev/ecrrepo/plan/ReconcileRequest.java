package dev.ecrrepo.plan;

import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.PreviousProperties;
import dev.ecrrepo.repository.RepositoryName;
import dev.ecrrepo.repository.StackResource;
import java.time.Instant;
import java.util.Optional;

/// What a Create or Update asks for.
///
/// @param requestId of this request; a repeated delivery carries the same
/// @param time when CloudFormation sent it, if that is known
/// @param name of the repository
/// @param replaces the repository that the resource has so far, if it gets this one instead
/// @param propertiesChanged whether the resource's properties differ from the old ones; true for a
///   Create
/// @param previous what the resource stated about this very repository until now
public record ReconcileRequest(
    StackResource self,
    String requestId,
    Optional<Instant> time,
    Operation operation,
    String name,
    Optional<String> replaces,
    DesiredRepository desired,
    boolean propertiesChanged,
    PreviousProperties previous) {

  /// What CloudFormation does with the resource.
  public enum Operation {
    /// It is new. Only a repository that a delivery of this request created or took over is its
    /// own.
    CREATE,
    /// It is updated, and keeps this repository.
    KEEP,
    /// It gets this repository instead of its current one: its name was changed, or a rollback
    /// returns to the former name.
    REPLACE
  }

  public static ReconcileRequest ofCreate(
      StackResource self,
      String requestId,
      Optional<Instant> time,
      String name,
      DesiredRepository desired) {
    return new ReconcileRequest(
        self,
        requestId,
        time,
        Operation.CREATE,
        name,
        Optional.empty(),
        desired,
        true,
        PreviousProperties.NOTHING);
  }

  /// An Update replaces the repository if its name is not the current physical ID. The old
  /// properties say nothing about another repository: neither about the new one, nor, in the
  /// rollback of a rename that failed, about the one that the resource kept.
  public static ReconcileRequest ofUpdate(
      StackResource self,
      String requestId,
      Optional<Instant> time,
      String physicalId,
      String name,
      DesiredRepository desired,
      boolean propertiesChanged,
      PreviousProperties previous) {
    boolean keepsName = name.equals(physicalId);
    boolean hadThisName =
        previous
            .repositoryName()
            .map(physicalId::equals)
            .orElseGet(() -> RepositoryName.isGenerated(physicalId, self));
    return new ReconcileRequest(
        self,
        requestId,
        time,
        keepsName ? Operation.KEEP : Operation.REPLACE,
        name,
        keepsName ? Optional.empty() : Optional.of(physicalId),
        desired,
        propertiesChanged,
        keepsName && hadThisName ? previous : PreviousProperties.NOTHING);
  }

  public boolean creating() {
    return operation == Operation.CREATE;
  }
}
