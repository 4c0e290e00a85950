/// From the desired and the observed repository to a plan of changes, or a refusal. Pure.
package dev.ecrrepo.plan;
