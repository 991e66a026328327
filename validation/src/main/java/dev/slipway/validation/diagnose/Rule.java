package dev.slipway.validation.diagnose;

import java.util.List;

/** Looks for one kind of cause. Pure. */
@FunctionalInterface
interface Rule {

  /** The causes of this kind that can be seen; none when there are none. */
  List<Cause> look(Case seen);

  /**
   * The causes of this kind for which a rollout would fail, were it begun now: nothing has been
   * tried yet, so there is no evidence but the configuration itself. Only what is sure is said.
   */
  default List<Cause> foretell(Case seen) {
    return List.of();
  }
}
