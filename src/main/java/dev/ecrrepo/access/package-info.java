/// From grants, and from a policy that the template states, to one repository policy. Pure.
package dev.ecrrepo.access;
