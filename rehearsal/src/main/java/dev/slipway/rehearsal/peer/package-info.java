/** What people use today to learn whether a deployment went well. */
package dev.slipway.rehearsal.peer;
