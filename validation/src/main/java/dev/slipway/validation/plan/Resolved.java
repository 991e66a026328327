package dev.slipway.validation.plan;

import java.util.List;

/**
 * The resources that an unknown value may stand for.
 *
 * @param candidates them, in the plan's order
 * @param sure whether it stands for these and no others
 */
record Resolved(List<Planned> candidates, boolean sure) {

  static final Resolved NOTHING = new Resolved(List.of(), false);

  /** The one resource, when there is no doubt about it. */
  java.util.Optional<Planned> one() {
    return sure && candidates.size() == 1
        ? java.util.Optional.of(candidates.getFirst())
        : java.util.Optional.empty();
  }
}
