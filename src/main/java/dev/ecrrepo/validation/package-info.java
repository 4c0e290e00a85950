/// Checks a document against its schema: faults and checked values come out.
package dev.ecrrepo.validation;
