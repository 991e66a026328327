/** Runs each container as a process of the host's JVM on a loopback address of its own. */
package dev.slipway.twin.runtime.process;
