package dev.slipway.twin.world;

/** An immutable value of a table that is no record, and says which record stands for it. */
public interface Portable {

  /** The record that stands for this value in a snapshot. */
  Carried carried();

  /** A record that stands for a value. */
  interface Carried {
    /** The value. */
    Object unpacked();
  }
}
