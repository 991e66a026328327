package dev.slipway.validation.suite;

import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.Extras;
import dev.slipway.validation.observe.Observer;
import dev.slipway.validation.observe.Pace;
import dev.slipway.validation.observe.Prober;
import dev.slipway.validation.observe.RestAssuredProber;
import dev.slipway.validation.observe.Waiter;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.report.Progress;
import java.time.InstantSource;

/**
 * A verification with its observer and clients.
 *
 * @param verification what checks are put to
 * @param observer what asks AWS
 * @param aws the clients, closed with the session
 */
public record Session(Verification verification, Observer observer, Aws aws)
    implements AutoCloseable {

  /** Starts to observe. */
  public static Session open(
      Aws aws, Wanted wanted, Limits limits, Choices choices, Progress progress) {
    return open(aws, wanted, limits, choices, progress, Extras.NONE);
  }

  /** Starts to observe, with more than the usual. */
  public static Session open(
      Aws aws, Wanted wanted, Limits limits, Choices choices, Progress progress, Extras extras) {
    return open(
        aws,
        wanted,
        limits,
        choices,
        progress,
        Pace.NORMAL,
        InstantSource.system(),
        Waiter.REAL,
        extras,
        new RestAssuredProber());
  }

  /** The same at another pace, in a time that need not be this machine's, asked in another way. */
  public static Session open(
      Aws aws,
      Wanted wanted,
      Limits limits,
      Choices choices,
      Progress progress,
      Pace pace,
      InstantSource time,
      Waiter waiter,
      Extras extras,
      Prober prober) {
    Observer observer = new Observer(aws, wanted, prober, pace, time, waiter, extras);
    observer.start();
    return new Session(
        new Verification(observer, wanted, limits, choices, time, progress), observer, aws);
  }

  @Override
  public void close() {
    observer.close();
    aws.close();
  }
}
