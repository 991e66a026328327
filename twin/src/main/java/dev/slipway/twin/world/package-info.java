/**
 * What every emulated service stands on: a world's state, its clock, its ids and its operations.
 */
package dev.slipway.twin.world;
