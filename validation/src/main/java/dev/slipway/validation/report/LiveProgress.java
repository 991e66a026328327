package dev.slipway.validation.report;

import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.CheckResult;
import java.io.PrintWriter;
import java.time.Duration;

/** A line that is drawn anew while a check is waited for: for terminals. */
public final class LiveProgress implements Progress {

  /** Back to the line's beginning, and clear it. Source: ECMA-48, EL. */
  static final String CLEAR = "\r\u001b[K";

  private static final int WIDTH = 79;

  private final PrintWriter out;

  /** Progress to a terminal. */
  public LiveProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void waiting(Check check, String observed, Duration since) {
    String line = "  ...   %-10s  %s (%d s)".formatted(check.id(), observed, since.toSeconds());
    out.print(CLEAR + (line.length() > WIDTH ? line.substring(0, WIDTH) : line));
    out.flush();
  }

  @Override
  public void done(CheckResult result) {
    out.print(CLEAR);
    out.flush();
  }
}
