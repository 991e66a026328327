package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Snapshot;
import java.util.List;

/**
 * One thing that a posture check looks at.
 *
 * @param needs the IAM actions without whose answers nothing can be said
 * @param look what is found; empty when all is well. A pure function.
 */
record Aspect(List<String> needs, Look look) {

  /** Finds what is wrong. */
  @FunctionalInterface
  interface Look {
    List<Finding> at(Snapshot snapshot, Goal goal);
  }

  static Aspect of(Look look, String... needs) {
    return new Aspect(List.of(needs), look);
  }
}
