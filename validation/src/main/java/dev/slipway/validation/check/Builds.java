package dev.slipway.validation.check;

import dev.slipway.validation.observe.Probe;
import dev.slipway.validation.observe.Revisions;
import java.util.Optional;

/** Whether an answer carries a wanted build. */
public final class Builds {

  private Builds() {}

  /** What the answer must carry: the text asked for, else the commit, else nothing. */
  public static String wanted(Goal goal) {
    return goal.wanted().build().isEmpty() ? goal.wanted().commit() : goal.wanted().build();
  }

  /** Whether a body carries all that was asked for. */
  public static boolean carries(String body, Goal goal) {
    return body.contains(goal.wanted().build())
        && (goal.wanted().commit().isEmpty() || revision(body, goal.wanted().commit()).isPresent());
  }

  /** The revision in a text that is this commit, as {@link Revisions#find} has it. */
  public static Optional<String> revision(String text, String commit) {
    return Revisions.find(text, commit);
  }

  /** The build that a round's answers carry; empty when they disagree or carry none. */
  public static String served(Probe probe, Goal goal) {
    if (!probe.made() || wanted(goal).isEmpty()) {
      return "";
    }
    return probe.answers().stream().allMatch(a -> a.status() == 200 && carries(a.body(), goal))
        ? wanted(goal)
        : "";
  }
}
