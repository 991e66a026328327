package dev.slipway.twin.timelines;

/**
 * A span of time that was measured on AWS.
 *
 * @param name from what to what
 * @param aws the seconds seen on AWS, in words
 * @param least the fewest seconds that agree with it
 * @param most the most
 */
record Step(String name, String aws, double least, double most) {

  /** Whether a measured time agrees, give or take some seconds. */
  boolean allows(double seconds, double late) {
    return seconds >= least - late && seconds <= most + late;
  }
}
