/// What the process as a whole needs: threads that keep the context of the log, and TLS that is
/// ready when the first call needs it. Knows nothing else of the project.
package dev.ecrrepo.process;
