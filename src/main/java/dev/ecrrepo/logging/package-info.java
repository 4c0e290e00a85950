/// The function's log: one JSON line for each record, on standard output, and the threads that keep
/// the context of its lines. Knows nothing else of the project.
package dev.ecrrepo.logging;
