package dev.slipway.validation.observe;

import java.time.Instant;

/** Where checks get their snapshots. Many threads may ask. */
public interface Observations {

  /**
   * The first snapshot that is newer than a number; waits for it.
   *
   * @param number the newest snapshot that the caller has seen, 0 for none
   * @param deadline until when to wait
   * @return the newest snapshot; one that is no newer when the deadline has passed
   * @throws Unanswered when AWS cannot be asked and no snapshot will come
   * @throws WrongAddress when the cluster or service does not exist
   * @throws InterruptedException when interrupted
   */
  Snapshot after(long number, Instant deadline)
      throws Unanswered, WrongAddress, InterruptedException;
}
