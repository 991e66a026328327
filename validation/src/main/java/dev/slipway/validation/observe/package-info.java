/** Reads a deployment through AWS's APIs and its front door into immutable snapshots. */
package dev.slipway.validation.observe;
