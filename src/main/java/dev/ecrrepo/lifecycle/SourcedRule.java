package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.JsonPath;

/// A rule and the property that asks for it, so that a fault can name what the author wrote.
public record SourcedRule(JsonPath source, LifecycleRule rule) {}
