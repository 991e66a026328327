/** CloudWatch Logs: groups, streams and their lines. */
package dev.slipway.twin.logs;
