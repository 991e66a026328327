/** Where a fault is made: a deployment of its own in an account of its own. */
package dev.slipway.rehearsal.stage;
