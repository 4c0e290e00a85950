/// The leaf: JSON values, where in a document they stand, and the faults found there.
package dev.ecrrepo.document;
