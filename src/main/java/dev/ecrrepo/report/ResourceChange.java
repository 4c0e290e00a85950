package dev.ecrrepo.report;

import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.repository.StackResource;
import java.util.Optional;

/// One resource as a deployment would change it, in the terms of CloudFormation's events.
///
/// @param physicalId absent where the resource is new
/// @param properties absent where the resource is removed
/// @param oldProperties empty where the resource is new
public record ResourceChange(
    StackResource self,
    Optional<String> physicalId,
    Optional<JsonObject> properties,
    JsonObject oldProperties) {}
