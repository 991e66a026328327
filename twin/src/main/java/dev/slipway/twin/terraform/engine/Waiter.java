package dev.slipway.twin.terraform.engine;

import dev.slipway.twin.world.TwinClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits as Terraform's provider waits, in the world's time and never under its lock. All waits of a
 * connection end when Terraform asks the provider to stop.
 */
public final class Waiter {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** Terraform asked the provider to stop. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("the provider was asked to stop while it waited", null, false, false);
    }
  }

  /**
   * What to wait for.
   *
   * @param delay before the first look
   * @param interval between looks; zero for pauses that double from half a second to ten seconds
   * @param timeout in world time, from the start
   * @param pending states in which to go on waiting
   * @param target states that end the wait; empty for "gone", which the state says as an empty text
   */
  public record Until(
      Duration delay,
      Duration interval,
      Duration timeout,
      List<String> pending,
      List<String> target) {}

  private final TwinClock clock;
  private final CompletableFuture<Void> stop;

  Waiter(TwinClock clock, CompletableFuture<Void> stop) {
    this.clock = clock;
    this.stop = stop;
  }

  /** Lets world time pass. */
  public void pause(Duration time) {
    CompletableFuture<Void> due = new CompletableFuture<>();
    TwinClock.Cancellable event = clock.schedule(time, () -> due.complete(null));
    try {
      CompletableFuture.anyOf(due, stop).join();
    } catch (CompletionException e) {
      throw new IllegalStateException(e);
    }
    if (stop.isDone()) {
      event.cancel();
      throw new Stopped();
    }
  }

  /**
   * Looks at a state until it is a target.
   *
   * @throws IllegalStateException at the time-out or in a state that is neither pending nor target
   */
  public void until(Until wanted, Supplier<String> state) {
    Instant end = clock.instant().plus(wanted.timeout());
    String goal = String.join(", ", wanted.target());
    Duration next = FIRST_PAUSE;
    if (wanted.delay().isPositive()) {
      pause(wanted.delay());
    }
    while (true) {
      String seen = state.get();
      boolean gone = wanted.target().isEmpty() && seen.isEmpty();
      if (gone || wanted.target().contains(seen)) {
        return;
      }
      if (!wanted.pending().contains(seen)) {
        throw new IllegalStateException(
            "unexpected state '" + seen + "', wanted target '" + goal + "'");
      }
      if (!clock.instant().isBefore(end)) {
        throw new IllegalStateException(
            wanted.target().isEmpty()
                ? "timeout while waiting for resource to be gone (last state: '%s', timeout: %s)"
                    .formatted(seen, GoDuration.format(wanted.timeout()))
                : "timeout while waiting for state to become '%s' (last state: '%s', timeout: %s)"
                    .formatted(goal, seen, GoDuration.format(wanted.timeout())));
      }
      pause(wanted.interval().isPositive() ? wanted.interval() : next);
      next = longer(next);
    }
  }

  /** Tries again, with growing pauses, while the refusal is one that may pass. */
  public <T> T retry(Duration timeout, Predicate<CallFailed> mayPass, Supplier<T> call) {
    Instant end = clock.instant().plus(timeout);
    Duration next = FIRST_PAUSE;
    while (true) {
      try {
        return call.get();
      } catch (CallFailed e) {
        if (!mayPass.test(e) || !clock.instant().isBefore(end)) {
          throw e;
        }
      }
      pause(next);
      next = longer(next);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }
}
