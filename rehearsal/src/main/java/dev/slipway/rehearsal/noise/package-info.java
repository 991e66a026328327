/** Healthy deployments while AWS and the world around them are restless: who fails one is wrong. */
package dev.slipway.rehearsal.noise;
