/** Policy documents: reading, checking and evaluating them. Pure functions. */
package dev.slipway.twin.iam.policy;
