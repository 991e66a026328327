package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.terraform.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import software.amazon.awssdk.services.ec2.model.Route;

/** {@code aws_route}. */
final class RouteResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_route";
  }

  @Override
  public String label() {
    return "Route";
  }

  @Override
  public void create(Context context, Attributes planned) {
    String table = planned.text("route_table_id");
    String destination = Routes.destination(planned);
    if (find(context, planned).filter(Routes::isManaged).isPresent()) {
      throw new IllegalStateException(
          "RouteAlreadyExists: Route in Route Table (%s) with destination (%s) already exists"
              .formatted(table, destination));
    }
    Routes.create(context, table, planned);
    planned.set("id", id(table, destination));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<Route> found = find(context, state);
    if (found.isEmpty()) {
      return false;
    }
    Route route = found.get();
    Routes.describe(state, route)
        .setText("destination_cidr_block", route.destinationCidrBlock())
        .setText("destination_ipv6_cidr_block", route.destinationIpv6CidrBlock())
        .setText("instance_id", route.instanceId())
        .setText("instance_owner_id", route.instanceOwnerId())
        .set("origin", route.originAsString())
        .set("state", route.stateAsString());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    // What a route leads through now is known by what its configuration names.
    Attributes target = planned.copy();
    for (String name : Routes.TARGETS) {
      if (!planned.differs(prior, name) && planned.differs(prior, Routes.TARGETS)) {
        target.set(name, Values.NULL);
      }
    }
    Routes.replace(context, planned.text("route_table_id"), target);
  }

  @Override
  public void delete(Context context, Attributes state) {
    Routes.delete(context, state.text("route_table_id"), state);
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    String[] parts = id.split("_", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "unexpected format for import key (%s), use ROUTETABLEID_DESTINATION".formatted(id));
    }
    state.set("route_table_id", parts[0]).set("id", id(parts[0], parts[1]));
    String name =
        parts[1].startsWith("pl-")
            ? "destination_prefix_list_id"
            : parts[1].contains(":") ? "destination_ipv6_cidr_block" : "destination_cidr_block";
    state.set(name, parts[1]);
  }

  private static Optional<Route> find(Context context, Attributes route) {
    String destination = Routes.destination(route);
    return Routes.table(context, route.text("route_table_id")).stream()
        .flatMap(table -> table.routes().stream())
        .filter(one ->
            destination.equals(one.destinationCidrBlock())
                || destination.equals(one.destinationIpv6CidrBlock())
                || destination.equals(one.destinationPrefixListId()))
        .findFirst();
  }

  /** The id that the provider makes of the table and a checksum of the destination. */
  static String id(String table, String destination) {
    CRC32 checksum = new CRC32();
    checksum.update(destination.getBytes(StandardCharsets.UTF_8));
    return "r-" + table + checksum.getValue();
  }
}
