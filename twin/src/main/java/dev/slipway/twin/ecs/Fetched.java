package dev.slipway.twin.ecs;

import java.util.Optional;

/**
 * What came of fetching a thing that a container needs before it starts.
 *
 * @param value the thing as text; empty when it cannot be had
 * @param problem why it cannot be had
 */
record Fetched(String value, Optional<Refusal> problem) {

  static Fetched of(String value) {
    return new Fetched(value, Optional.empty());
  }

  static Fetched refused(Refusal refusal) {
    return new Fetched("", Optional.of(refusal));
  }
}
