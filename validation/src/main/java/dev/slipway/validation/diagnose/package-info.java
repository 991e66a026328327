/** From a snapshot to ranked causes: pure functions. */
package dev.slipway.validation.diagnose;
