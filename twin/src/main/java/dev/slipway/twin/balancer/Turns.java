package dev.slipway.twin.balancer;

import dev.slipway.twin.world.TwinClock;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets so many health checks of a lane run at once and the others wait: each takes two of the
 * process's files when its target lives in the twin, and there are only so many. World time is held
 * while one waits. On the thread of its lane.
 */
final class Turns {

  private final int most;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private TwinClock.Hold hold;
  private int taken;

  Turns(int most) {
    this.most = most;
  }

  /** Begins now or when it is its turn; every beginning needs an {@link #end}. */
  void begin(TwinClock clock, Runnable check) {
    if (taken < most) {
      taken++;
      check.run();
      return;
    }
    waiting.add(check);
    if (hold == null) {
      hold = clock.hold();
    }
  }

  void end() {
    Runnable next = waiting.poll();
    if (next == null) {
      taken--;
    } else {
      next.run();
    }
    if (waiting.isEmpty() && hold != null) {
      hold.close();
      hold = null;
    }
  }
}
