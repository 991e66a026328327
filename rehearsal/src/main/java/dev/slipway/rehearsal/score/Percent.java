package dev.slipway.rehearsal.score;

/** Shares in whole hundredths, never rounded up to a hundred. */
final class Percent {

  private static final int ALL = 100;

  private Percent() {}

  static int of(int part, int whole) {
    return whole == 0 ? 0 : Math.floorDiv(part * ALL, whole);
  }
}
