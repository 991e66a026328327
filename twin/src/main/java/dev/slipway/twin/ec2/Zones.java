package dev.slipway.twin.ec2;

import dev.slipway.twin.world.Differs;
import java.util.List;
import java.util.Optional;

/** The availability zones of a region. */
@Differs(
    value = "Every region has the zones a, b and c, with the ids az1, az2 and az3.",
    because = "How many zones a region has, and which id a name has, depends on the account.")
final class Zones {

  /**
   * A zone.
   *
   * @param name for instance {@code eu-west-1a}
   * @param id for instance {@code euw1-az1}
   */
  record Zone(String name, String id) {}

  private Zones() {}

  static List<Zone> of(String region) {
    return List.of(zone(region, "a", 1), zone(region, "b", 2), zone(region, "c", 3));
  }

  static Optional<Zone> named(String region, String name) {
    return of(region).stream().filter(z -> z.name().equals(name)).findFirst();
  }

  static Optional<Zone> withId(String region, String id) {
    return of(region).stream().filter(z -> z.id().equals(id)).findFirst();
  }

  private static Zone zone(String region, String letter, int number) {
    return new Zone(region + letter, shortName(region) + "-az" + number);
  }

  /** {@code eu-west-1} becomes {@code euw1}, {@code ap-southeast-2} {@code apse2}. */
  private static String shortName(String region) {
    String[] parts = region.split("-", -1);
    StringBuilder text = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      text.append(
          parts[i]
              .replace("north", "n")
              .replace("south", "s")
              .replace("central", "c")
              .replace("east", "e")
              .replace("west", "w")
              .replace("gov", "g"));
    }
    return text.toString();
  }
}
