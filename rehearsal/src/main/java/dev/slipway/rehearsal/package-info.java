/** The rehearsal: breaks a deployment in every known way and measures who notices. */
package dev.slipway.rehearsal;
