/** {@code slipway twin start|stop|status|env}: the twin as a background process. */
package dev.slipway.twin.command;
