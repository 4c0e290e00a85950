/// The clock, waiting by it, and the time that an invocation has left.
package dev.ecrrepo.time;
