/** The known faults, a class a layer. */
package dev.slipway.rehearsal.catalogue;
