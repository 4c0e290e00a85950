/// A repository as it is observed: its settings, its owner, the record of what was last applied,
/// and the changes that can be made to it. Pure values.
package dev.ecrrepo.repository;
