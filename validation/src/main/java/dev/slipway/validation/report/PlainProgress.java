package dev.slipway.validation.report;

import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.CheckResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** One line an event with a time stamp: for pipes, CI and NO_COLOR. */
public final class PlainProgress implements Progress {

  private static final Duration REMINDER = Duration.ofSeconds(10);

  private final PrintWriter out;
  private final InstantSource time;
  private String said = "";
  private String event = "";
  private Instant saidAt = Instant.EPOCH;

  /** Progress to a writer. */
  public PlainProgress(PrintWriter out, InstantSource time) {
    this.out = out;
    this.time = time;
  }

  @Override
  public void waiting(Check check, String observed, Duration since) {
    String line = "waiting for " + check.id() + ": " + observed;
    Instant now = time.instant();
    if (!line.equals(said) || Duration.between(saidAt, now).compareTo(REMINDER) >= 0) {
      said = line;
      saidAt = now;
      print(line + (since.toSeconds() > 0 ? " (" + since.toSeconds() + " s)" : ""));
    }
  }

  @Override
  public void news(List<String> latest) {
    String newest = latest.isEmpty() ? "" : latest.getFirst();
    if (!newest.isEmpty() && !newest.equals(event)) {
      event = newest;
      print("event: " + newest);
    }
  }

  @Override
  public void done(CheckResult result) {
    print(result.status() + " " + result.id() + ": " + result.observed());
  }

  private void print(String line) {
    out.println(time.instant().truncatedTo(ChronoUnit.SECONDS) + " " + line);
    out.flush();
  }
}
