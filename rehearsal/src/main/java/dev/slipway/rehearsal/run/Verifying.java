package dev.slipway.rehearsal.run;

import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.observe.Extras;
import dev.slipway.validation.observe.Pace;
import dev.slipway.validation.observe.RestAssuredProber;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.WrongAddress;
import dev.slipway.validation.report.Progress;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.suite.Choices;
import dev.slipway.validation.suite.Limits;
import dev.slipway.validation.suite.Session;
import dev.slipway.validation.suite.SuiteRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Asks the verifier about a stage as a pipeline would: an endpoint, an access key, and what was
 * deployed. It looks every few seconds of the world's time and has the usual ten minutes of it.
 */
public final class Verifying {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Pace PACE =
      new Pace(INTERVAL, Duration.ofMinutes(2), Duration.ofMinutes(10), 4);

  /**
   * The three seconds after a failure are six looks; here they are twice as many, for a look takes
   * longer.
   */
  private static final Limits LIMITS =
      new Limits(
          Limits.NORMAL.timeout(),
          INTERVAL.multipliedBy(12),
          Limits.NORMAL.soak(),
          Limits.NORMAL.soakTime());

  /**
   * A silent address is told by waiting, in real time, and the usual five seconds are minutes here.
   */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private Verifying() {}

  /**
   * The report on a stage.
   *
   * @param soak how long what holds must keep holding, in the world's time
   */
  public static Report of(Ground ground, Stage stage, Extras extras, Duration soak)
      throws Unanswered, WrongAddress, IOException {
    LookTime time = new LookTime(ground.time());
    try (Session session =
        Session.open(
            ground.clients(stage.account()),
            stage.wanted(),
            LIMITS.soaking(soak),
            Choices.NORMAL,
            Progress.SILENT,
            PACE,
            time,
            time,
            extras,
            new RestAssuredProber(ANSWER))) {
      try {
        SuiteRun.run(session, List.of(), null);
        return session.verification().report();
      } catch (Unanswered e) {
        return session.verification().report(e.getMessage());
      }
    }
  }
}
