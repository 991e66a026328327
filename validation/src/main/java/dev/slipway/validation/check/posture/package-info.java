/** How a deployment is guarded, watched and kept. */
package dev.slipway.validation.check.posture;
