package dev.slipway.rehearsal;

import dev.slipway.rehearsal.peer.Heard;
import dev.slipway.rehearsal.run.Outcome;
import dev.slipway.rehearsal.run.StackRehearsal;
import java.io.PrintWriter;

/** Tells each outcome in a line, as soon as it is there. Thread safe. */
final class LiveLines implements StackRehearsal.Listener {

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

  /** So many outcomes more will be told. */
  @Override
  public void expect(int outcomes) {
    of += outcomes;
  }

  /** One line of any sort. */
  synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  /** A fault's outcome. */
  @Override
  public void fault(Outcome o) {
    String word =
        o.isBroken() ? "BROKEN" : o.named() ? "named" : o.detected() ? "detected" : "MISSED";
    line(o, word, o.isBroken() ? o.trouble() : o.named() ? o.said() : o.causes() + " " + o.said());
  }

  /** A pair's outcome. */
  void pair(Outcome o) {
    line(o, o.isBroken() ? "BROKEN" : "pair", o.isBroken() ? o.trouble() : o.causes() + "");
  }

  /** What is told of a stack as it is: neither right nor wrong. */
  @Override
  public void asItIs(Outcome o) {
    String told = o.causes().isEmpty() ? "nothing" : String.join(", ", o.causes());
    line(o, o.isBroken() ? "BROKEN" : "told", o.isBroken() ? o.trouble() : told);
  }

  /** A healthy run's outcome. */
  @Override
  public void healthy(Outcome o) {
    String word = o.isBroken() ? "BROKEN" : o.detected() ? "ALARM" : "passed";
    line(o, word, o.isBroken() ? o.trouble() : o.causes() + " " + o.said());
  }

  private synchronized void line(Outcome o, String word, String said) {
    told++;
    say(
        "%4d/%d %-8s %-42s %5.0f s  %s"
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
