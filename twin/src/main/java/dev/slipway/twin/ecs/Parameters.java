package dev.slipway.twin.ecs;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the parameters of a request that the twin does not have, to refuse them by name. */
final class Parameters {

  private final Map<String, Object> given = new LinkedHashMap<>();

  /** Adds a parameter that is refused when it is set. */
  Parameters without(String name, Object value) {
    if (value != null) {
      given.put(name, value);
    }
    return this;
  }

  /** Throws when one of them is set. */
  void refuse() {
    EcsErrors.refuse(given);
  }
}
