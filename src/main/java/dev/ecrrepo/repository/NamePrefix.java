package dev.ecrrepo.repository;

import java.util.Optional;

/// How the names of new repositories must begin. New generated names begin with it.
///
/// @param current empty: any name is allowed
/// @param former what it was before; absent: FormerNamePrefix is not set; empty: it is `*`, so
///   there was none before
public record NamePrefix(String current, Optional<String> former) {}
