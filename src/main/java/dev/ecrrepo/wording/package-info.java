/// The sentences of faults that a schema finds: what is wrong with a value, and what to write.
package dev.ecrrepo.wording;
