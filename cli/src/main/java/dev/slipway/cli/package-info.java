/** The slipway command. */
package dev.slipway.cli;
