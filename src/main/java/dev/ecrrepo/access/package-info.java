/// Repository policies: from grants to statements, and what two policies have in common. Pure.
package dev.ecrrepo.access;
