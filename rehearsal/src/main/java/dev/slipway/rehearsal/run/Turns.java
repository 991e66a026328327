package dev.slipway.rehearsal.run;

import java.util.concurrent.Semaphore;

/**
 * So many may work at the same time, in the order in which they came. Who only waits for others
 * meanwhile gives its turn away. Thread safe.
 */
public final class Turns extends Semaphore {

  private static final long serialVersionUID = 1L;

  /** So many turns at the same time. */
  public Turns(int atOnce) {
    super(atOnce, true);
  }

  /** Takes a turn again at once, where there is hardly anything left to do; others wait for it. */
  void again() {
    reducePermits(1);
  }
}
