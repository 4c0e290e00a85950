/// The function's log: one JSON line for each record, on standard output. Knows nothing else of the
/// project.
package dev.ecrrepo.logging;
