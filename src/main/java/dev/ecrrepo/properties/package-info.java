/// The template author's properties: checked against the schema, read into what is desired. Pure.
package dev.ecrrepo.properties;
