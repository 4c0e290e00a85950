/// Repository policies: their rules, their normal form, and whom they let in. Pure.
package dev.ecrrepo.policy;
