package dev.slipway.validation.settings;

import dev.slipway.validation.observe.Extras;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.suite.Choices;
import dev.slipway.validation.suite.Limits;
import java.util.List;

/**
 * What is to be verified, and how.
 *
 * @param services the services, each with what is wanted of it
 * @param whole what is wanted of every service of a cluster; its service's name is empty. Absent,
 *     that is {@code null}, when the services are named
 * @param region the region; empty for the environment's
 * @param limits how long it may take
 * @param tags which checks to run; empty for all
 * @param extras what is asked for beyond the usual
 */
public record Order(
    List<Item> services,
    Item whole,
    String region,
    Limits limits,
    List<String> tags,
    Extras extras) {

  /**
   * A service.
   *
   * @param wanted the service and what is wanted of it
   * @param choices what is left out
   */
  public record Item(Wanted wanted, Choices choices) {}
}
