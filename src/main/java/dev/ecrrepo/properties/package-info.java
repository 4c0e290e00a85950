/// Reads the properties of a template into the desired repository. Makes no call.
package dev.ecrrepo.properties;
