package dev.ecrrepo.repository;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The time that an invocation may still spend.
///
/// @param left for calls of any kind; zero or negative when it is over
/// @param mayStillChange asked before each writing call; false once the request has been answered
public record Budget(Supplier<Duration> left, BooleanSupplier mayStillChange) {}
