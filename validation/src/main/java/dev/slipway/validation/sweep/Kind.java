package dev.slipway.validation.sweep;

import dev.slipway.validation.observe.Aws;
import java.util.List;

/**
 * A kind of resource that is looked for.
 *
 * @param type its name
 * @param action the IAM action that finds it
 * @param search finds all of it
 */
record Kind(String type, String action, Search search) {

  /** Finds all resources of a kind. */
  @FunctionalInterface
  interface Search {
    List<Leftover> in(Aws aws);
  }
}
