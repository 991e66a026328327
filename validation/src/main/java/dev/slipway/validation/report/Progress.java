package dev.slipway.validation.report;

import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.CheckResult;
import java.time.Duration;
import java.util.List;

/** Hears how a verification goes. Called by the thread that verifies. */
public interface Progress {

  /** Nobody listens. */
  Progress SILENT =
      new Progress() {
        @Override
        public void waiting(Check check, String observed, Duration since) {}

        @Override
        public void done(CheckResult result) {}
      };

  /**
   * A check does not hold yet. Called with every snapshot.
   *
   * @param since for how long the check has been waited for
   */
  void waiting(Check check, String observed, Duration since);

  /** A check is decided. */
  void done(CheckResult result);

  /**
   * The service's last events, as a snapshot shows them.
   *
   * @param latest newest first
   */
  default void news(List<String> latest) {}

  /** Nothing more will come, and the report is next. */
  default void end() {}
}
