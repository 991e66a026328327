package dev.slipway.twin.ecr.scan;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an image is made of.
 *
 * @param system the ID of its {@code os-release}, or an empty text
 */
public record Inventory(String system, List<Software> software) {

  /** An image that nothing is known of. */
  public static final Inventory NONE = new Inventory("", List.of());

  private static final Set<String> SYSTEMS = Set.of("alpine", "debian", "ubuntu");

  /** Whether the system is one whose packages can be told. */
  public boolean hasKnownSystem() {
    return SYSTEMS.contains(system);
  }

  /** A vulnerability of a piece of software in it. */
  public record Finding(Advisory advisory, Software software) {}

  /**
   * What is wrong with the image.
   *
   * @param everything whether Java archives count, and not the system's packages alone
   */
  public List<Finding> findings(List<Advisory> known, boolean everything) {
    return software.stream()
        .filter(one -> everything || one.ecosystem().isOperatingSystem())
        .flatMap(one -> findings(one, known))
        .distinct()
        .toList();
  }

  private static Stream<Finding> findings(Software one, List<Advisory> known) {
    return known.stream().filter(a -> a.concerns(one)).map(a -> new Finding(a, one));
  }
}
