/** Many services in one run: read together, and looked at one by one where something is odd. */
package dev.slipway.validation.fleet;
