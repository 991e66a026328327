/** A world as a document: taken, carried elsewhere, brought back, forked into another account. */
package dev.slipway.twin.snapshot;
