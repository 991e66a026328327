package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Ids;
import java.time.Duration;

/**
 * How long things take, in world time, with a little seeded jitter.
 *
 * <p>Source: event and task traces of AWS accounts, 2024 to 2026: 21 starts in ap-northeast-1 on
 * 2026-08-15, rolling updates and crash drills on 2026-09-16.
 */
final class Timings {

  private static final double PULL_BYTES_A_SECOND = 31.0 * 1024 * 1024;

  private final Ids ids;

  Timings(Ids ids) {
    this.ids = ids;
  }

  /** From CreateService to the first task; one sample of 52 s. */
  Duration firstTask() {
    return between(48, 55);
  }

  /** From UpdateService to what follows from it; 3.2 to 11 s, typically 7 s. */
  Duration reaction() {
    return between(3.2, 10.8);
  }

  /** From one look of the scheduler at a service to the next. */
  Duration tick() {
    return between(9.7, 10.3);
  }

  /** Until the interface is there; its address shows 5 s after the task's creation. */
  Duration networkInterface() {
    return between(3.5, 4.8);
  }

  /** From the interface until the task is taken up: 9.5 to 11.5 s after its creation in all. */
  Duration takeUp() {
    return between(6, 6.7);
  }

  /** How long the images take to pull: about 31 MiB a second and a little before. */
  Duration pull(long bytes) {
    return between(0.8, 1.4).plus(Duration.ofNanos((long) (bytes / PULL_BYTES_A_SECOND * 1e9)));
  }

  /** From the end of the pull to the start of the containers; 2 to 4 s. */
  Duration create() {
    return between(1.5, 3);
  }

  /** From the containers' end until the interface is gone. */
  Duration deprovision() {
    return between(12, 16);
  }

  /** Until the platform gives up over a permission or a missing thing. */
  @Differs(value = "one to three seconds", because = "no trace of a refused start has its times")
  Duration refusal() {
    return between(1, 3);
  }

  /** Until the platform gives up over a connection that is never made. */
  @Differs(
      value = "three dials of some ten seconds with pauses: 33 to 45 s",
      because = "AWS publishes neither the dial's time-out nor the pauses")
  Duration connectionTimeout() {
    return between(33, 45);
  }

  /** Until the registry's answer is taken as final, after seven tries. */
  @Differs(value = "12 to 18 s", because = "AWS publishes the number of tries but not the pauses")
  Duration pullRetries() {
    return between(12, 18);
  }

  private Duration between(double least, double most) {
    int millis = (int) Math.round((most - least) * 1000);
    return Duration.ofMillis(Math.round(least * 1000) + ids.nextInt(millis + 1));
  }
}
