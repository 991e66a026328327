package dev.slipway.validation.diagnose;

import java.util.List;

/** Looks for one kind of cause. Pure. */
@FunctionalInterface
interface Rule {

  /** The causes of this kind that can be seen; none when there are none. */
  List<Cause> look(Case seen);
}
