package dev.ecrrepo.plan;

import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.PreviousProperties;
import dev.ecrrepo.repository.Owner;
import java.time.Instant;
import java.util.Optional;

/// What a Create or Update wants, by whom.
///
/// @param requestId of this request; a repeated delivery carries the same
/// @param time when CloudFormation sent it, if that is known
/// @param creating whether the resource is new; then only this very request's repository is its own
/// @param name of the repository that is meant
/// @param changed whether the template differs from what it was, as in every real update and
///   rollback
/// @param previous what the resource stated about this very repository until now
public record ReconcileRequest(
    Owner self,
    String requestId,
    Optional<Instant> time,
    boolean creating,
    String name,
    DesiredRepository desired,
    boolean changed,
    PreviousProperties previous) {}
