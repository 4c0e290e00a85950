package dev.ecrrepo.repository;

import java.util.Optional;

/// How the names of new repositories must begin; generated names do.
///
/// @param current empty: any name is allowed
/// @param former what it was before; absent: it never changed; empty: there was none before
public record NamePrefix(String current, Optional<String> former) {}
