package dev.slipway.validation.report;

import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.CheckResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A tree that is drawn anew with every snapshot, and is gone at the end: for terminals. */
public final class LiveProgress implements Progress {

  /** Clear from the cursor to the screen's end. Source: ECMA-48, ED. */
  private static final String CLEAR = "\r\u001b[J";

  private final PrintWriter out;
  private final int width;
  private final List<CheckResult> done = new ArrayList<>();
  private List<String> events = List.of();
  private int drawn;

  /**
   * Progress to a terminal.
   *
   * @param width its columns
   */
  public LiveProgress(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  @Override
  public void news(List<String> latest) {
    events = latest;
  }

  @Override
  public void waiting(Check check, String observed, Duration since) {
    String what = "%-18s  %s".formatted(check.id(), observed);
    draw(new LiveView(done, what, since, events).lines(width));
  }

  @Override
  public void done(CheckResult result) {
    done.add(result);
    draw(new LiveView(done, "", Duration.ZERO, events).lines(width));
  }

  @Override
  public void end() {
    draw(List.of());
  }

  private void draw(List<String> lines) {
    // Source: ECMA-48, CUU: back to the first line that was drawn.
    out.print((drawn > 0 ? "\u001b[" + drawn + "A" : "") + CLEAR);
    lines.forEach(out::println);
    out.flush();
    drawn = lines.size();
  }
}
