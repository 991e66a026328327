/** The embedded AWS. */
package dev.slipway.twin;
