package dev.ecrrepo.reconciliation;

import dev.ecrrepo.properties.DeletionOptions;
import dev.ecrrepo.repository.StackResource;
import java.time.Instant;
import java.util.Optional;

/// What a Delete asks for.
///
/// @param self the resource that ends
/// @param time when CloudFormation sent it, if that is known
/// @param options what the template says about it
public record RemovalRequest(StackResource self, Optional<Instant> time, DeletionOptions options) {}
