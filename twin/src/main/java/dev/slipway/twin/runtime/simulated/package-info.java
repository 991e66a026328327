/**
 * Runs containers as servers inside this JVM, on real sockets, after a script that their image
 * carries: cheap enough for thousands of tasks.
 */
package dev.slipway.twin.runtime.simulated;
