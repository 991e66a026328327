/** What must hold of a deployment: each check judges one snapshot and knows nothing of waiting. */
package dev.slipway.validation.check;
