package dev.ecrrepo.repository;

import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.StatedBefore;

/// What a Create or Update wants, by whom.
///
/// @param requestId of this request; a repeated delivery carries the same
/// @param creating whether the resource is new; then only this very request's repository is its own
/// @param name of the repository that is meant
/// @param before what the resource stated until now; nothing on a Create
public record Intent(
    Owner self,
    String requestId,
    boolean creating,
    String name,
    DesiredRepository desired,
    StatedBefore before) {}
