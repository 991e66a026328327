/** What is left in an account and region: what costs money or stands in the way. */
package dev.slipway.validation.sweep;
