package dev.slipway.twin.wire;

import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.FargateCapacity;
import dev.slipway.twin.world.World;
import dev.slipway.twin.world.Worlds;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The fault {@code {"kind": "capacity"}}: Fargate has no room for new tasks in an account and
 * region, or in one of its zones.
 */
final class Shortages {

  private static final String KIND = "capacity";

  private final Worlds worlds;
  private final String region;

  Shortages(Worlds worlds, String region) {
    this.worlds = worlds;
    this.region = region;
  }

  /**
   * Sets a fault of this kind; false for one of another kind.
   *
   * @throws IllegalArgumentException with a message for the caller
   */
  boolean add(JsonObject json) {
    if (!KIND.equals(json.getValue("kind"))) {
      return false;
    }
    Fields.only(json, "kind", "account", "region", "zone");
    String account = Fields.text(json, "account", Credentials.DEFAULT_ACCOUNT);
    if (!account.matches("\\d{12}")) {
      throw new IllegalArgumentException("account must have twelve digits");
    }
    String where = Fields.text(json, "region", region);
    String zone = Fields.text(json, "zone", FargateCapacity.EVERYWHERE);
    if (!zone.equals(FargateCapacity.EVERYWHERE) && !zone.startsWith(where)) {
      throw new IllegalArgumentException("zone must be one of the region " + where);
    }
    FargateCapacity.take(worlds.of(account, where), zone);
    return true;
  }

  /** Ends them all. */
  void clear() {
    worlds.all().forEach(FargateCapacity::giveBack);
  }

  /** Those that are set. */
  List<JsonObject> all() {
    return worlds.all().stream()
        .flatMap(world -> FargateCapacity.lacking(world).stream().map(zone -> json(world, zone)))
        .toList();
  }

  private static JsonObject json(World world, String zone) {
    return new JsonObject()
        .put("kind", KIND)
        .put("account", world.account())
        .put("region", world.region())
        .put("zone", zone);
  }
}
