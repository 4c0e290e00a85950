/// JSON values, their places in a document, and faults. Depends on no other package.
package dev.ecrrepo.document;
