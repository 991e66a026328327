package dev.slipway.rehearsal;

import dev.slipway.rehearsal.peer.Heard;
import dev.slipway.rehearsal.run.Outcome;
import java.io.PrintWriter;

/** Tells each outcome in a line, as soon as it is there. Not thread safe. */
final class LiveLines {

  private final PrintWriter out;
  private final boolean words;
  private int told;
  private int of;

  /**
   * Lines to a writer.
   *
   * @param words whether everybody's words are told too
   */
  LiveLines(PrintWriter out, boolean words) {
    this.out = out;
    this.words = words;
  }

  /** Begins a part of the run. */
  void part(String name, int outcomes) {
    told = 0;
    of = outcomes;
    say(name + ": " + outcomes);
  }

  /** One line of any sort. */
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** A fault's outcome. */
  void fault(Outcome o) {
    String word =
        o.isBroken() ? "BROKEN" : o.named() ? "named" : o.detected() ? "detected" : "MISSED";
    line(o, word, o.isBroken() ? o.trouble() : o.named() ? o.said() : o.causes() + " " + o.said());
  }

  /** A healthy run's outcome. */
  void healthy(Outcome o) {
    String word = o.isBroken() ? "BROKEN" : o.detected() ? "ALARM" : "passed";
    line(o, word, o.isBroken() ? o.trouble() : o.causes() + " " + o.said());
  }

  private void line(Outcome o, String word, String said) {
    told++;
    say(
        "%4d/%d %-8s %-40s %5.0f s  %s"
            .formatted(told, of, word, o.fault().id(), o.seconds(), said));
    if (words) {
      for (Heard heard : o.peers()) {
        String verdict =
            !heard.asked()
                ? "-"
                : o.namedBy(heard) ? "named" : heard.alarmed() ? "alarm" : "passed";
        say(
            "          %-8s %-40s %5.0f s  %s"
                .formatted(verdict, heard.peer(), heard.seconds(), heard.words()));
      }
    }
  }
}
