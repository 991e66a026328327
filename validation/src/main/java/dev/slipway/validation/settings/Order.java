package dev.slipway.validation.settings;

import dev.slipway.validation.observe.Extras;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.suite.Choices;
import dev.slipway.validation.suite.Limits;
import java.util.List;
import java.util.Optional;

/**
 * What is to be verified, and how.
 *
 * @param services the services, each with what is wanted of it
 * @param whole what is wanted of every service of a cluster; its service's name is empty. Absent
 *     when the services are named
 * @param thorough whether every one of several services gets all checks
 * @param region the region; empty for the environment's
 * @param limits how long it may take
 * @param tags which checks to run; empty for all
 * @param extras what is asked for beyond the usual
 */
public record Order(
    List<Item> services,
    Optional<Item> whole,
    boolean thorough,
    String region,
    Limits limits,
    List<String> tags,
    Extras extras) {

  /** Whether more than one service is meant, or may be. */
  public boolean several() {
    return whole.isPresent() || services.size() > 1;
  }

  /**
   * A service.
   *
   * @param wanted the service and what is wanted of it
   * @param choices what is left out
   */
  public record Item(Wanted wanted, Choices choices) {}
}
