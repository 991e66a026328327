/** What tasks keep secret: SSM's parameters and Secrets Manager's secrets. */
package dev.slipway.twin.secrets;
