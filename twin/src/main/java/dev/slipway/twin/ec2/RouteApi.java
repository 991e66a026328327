package dev.slipway.twin.ec2;

import dev.slipway.topology.Cidr;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteResponse;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/**
 * Routes to internet gateways, NAT gateways and network interfaces. Source: EC2 API reference,
 * CreateRoute and others.
 */
final class RouteApi {

  /** Source: VPC user guide, quotas: routes per route table. */
  private static final int LIMIT = 50;

  private final Stores stores;
  private final AwsPrefixLists lists;

  RouteApi(World world, Stores stores) {
    this.stores = stores;
    this.lists = new AwsPrefixLists(world);
  }

  /** Adds a route. */
  public CreateRouteResponse createRoute(CreateRouteRequest request) {
    Parameters.only(
        request,
        "RouteTableId",
        "DestinationCidrBlock",
        "DestinationPrefixListId",
        "GatewayId",
        "NatGatewayId",
        "NetworkInterfaceId");
    RouteTable table = table(request.routeTableId());
    Destination destination =
        destination(request.destinationCidrBlock(), request.destinationPrefixListId());
    Route made =
        route(
            table,
            destination,
            request.gatewayId(),
            request.natGatewayId(),
            request.networkInterfaceId());
    if (find(table, destination).isPresent()) {
      throw AwsError.of(
          "RouteAlreadyExists",
          "The route identified by %s already exists.".formatted(destination));
    }
    if (weight(table, made) > LIMIT) {
      throw AwsError.of("RouteLimitExceeded", "The maximum number of routes has been reached.");
    }
    put(table, Stream.concat(table.routes().stream(), Stream.of(made)).toList());
    return CreateRouteResponse.builder().returnValue(true).build();
  }

  /** Gives a route another target. */
  public ReplaceRouteResponse replaceRoute(ReplaceRouteRequest request) {
    Parameters.only(
        request,
        "RouteTableId",
        "DestinationCidrBlock",
        "DestinationPrefixListId",
        "GatewayId",
        "NatGatewayId",
        "NetworkInterfaceId");
    RouteTable table = table(request.routeTableId());
    Destination destination =
        destination(request.destinationCidrBlock(), request.destinationPrefixListId());
    if (find(table, destination).isEmpty()) {
      throw AwsError.of(
          "InvalidParameterValue",
          "There is no route defined for '%s' in the route table. Use CreateRoute instead."
              .formatted(destination));
    }
    requireNotLocal(table, destination);
    Route made =
        route(
            table,
            destination,
            request.gatewayId(),
            request.natGatewayId(),
            request.networkInterfaceId());
    put(table, table.routes().stream().map(r -> destination.isOf(r) ? made : r).toList());
    return ReplaceRouteResponse.builder().build();
  }

  /** Removes a route; the local one never. */
  public DeleteRouteResponse deleteRoute(DeleteRouteRequest request) {
    Parameters.only(request, "RouteTableId", "DestinationCidrBlock", "DestinationPrefixListId");
    RouteTable table = table(request.routeTableId());
    Destination destination =
        destination(request.destinationCidrBlock(), request.destinationPrefixListId());
    if (find(table, destination).isEmpty()) {
      throw AwsError.of(
          "InvalidRoute.NotFound",
          "no route with %s %s in route table %s"
              .formatted(destination.kind(), destination, table.routeTableId()));
    }
    requireNotLocal(table, destination);
    put(table, table.routes().stream().filter(r -> !destination.isOf(r)).toList());
    return DeleteRouteResponse.builder().build();
  }

  /** A prefix list counts as often as it may have entries. Source: VPC user guide, prefix lists. */
  private int weight(RouteTable table, Route more) {
    return Stream.concat(table.routes().stream(), Stream.of(more))
        .filter(r -> r.gatewayId() == null || !r.gatewayId().startsWith("vpce-"))
        .map(r -> Optional.ofNullable(r.destinationPrefixListId()))
        .mapToInt(l -> l.flatMap(stores.prefixLists::find).map(p -> p.maxEntries()).orElse(1))
        .sum();
  }

  private RouteTable table(String id) {
    return stores.routeTables.require(Parameters.required("routeTableId", id));
  }

  private void put(RouteTable table, List<Route> routes) {
    stores.routeTables.put(table.toBuilder().routes(routes).build());
  }

  private Destination destination(String block, String prefixListId) {
    if (prefixListId != null) {
      if (block != null) {
        throw AwsError.of(
            "InvalidParameterCombination",
            "The request must contain exactly one destination for the route");
      }
      if (!lists.has(prefixListId)) {
        stores.prefixLists.require(prefixListId);
      }
      return Destination.list(prefixListId);
    }
    String text = Parameters.required("destinationCidrBlock", block);
    if (!Cidr.isValid(text)) {
      throw Parameters.invalid(text, "destinationCidrBlock", "This is not a valid CIDR block.");
    }
    return Destination.block(Cidr.parse(text).toString());
  }

  private static Optional<Route> find(RouteTable table, Destination destination) {
    return table.routes().stream().filter(r -> destination.isOf(r)).findFirst();
  }

  private static void requireNotLocal(RouteTable table, Destination destination) {
    Optional<Route> found = find(table, destination);
    if (found.filter(r -> String.valueOf(r.gatewayId()).startsWith("vpce-")).isPresent()) {
      throw AwsError.of(
          "InvalidParameterValue",
          "cannot remove VPC endpoint route %s in route table %s"
              .formatted(destination, table.routeTableId()));
    }
    if (found.filter(r -> "local".equals(r.gatewayId())).isPresent()) {
      throw AwsError.of(
          "InvalidParameterValue",
          "cannot remove local route %s in route table %s"
              .formatted(destination, table.routeTableId()));
    }
  }

  private Route route(
      RouteTable table,
      Destination destination,
      String gateway,
      String nat,
      String networkInterface) {
    List<String> targets = new ArrayList<>();
    Stream.of(
            Optional.ofNullable(gateway),
            Optional.ofNullable(nat),
            Optional.ofNullable(networkInterface))
        .forEach(t -> t.ifPresent(targets::add));
    if (targets.size() != 1) {
      throw targets.isEmpty()
          ? AwsError.of("MissingParameter", "The request must contain a target for the route")
          : AwsError.of(
              "InvalidParameterCombination",
              "The request must contain exactly one target for the route");
    }
    RouteState state = RouteState.ACTIVE;
    Route.Builder made = destination.route().origin(RouteOrigin.CREATE_ROUTE);
    requireNotWithinNetwork(table, destination, gateway == null);
    if (gateway != null) {
      requireAttached(table, gateway);
      made.gatewayId(gateway);
    } else if (nat != null) {
      requireThere(table, nat);
      made.natGatewayId(nat);
    } else {
      var target = stores.networkInterfaces.require(networkInterface);
      requireSameNetwork(table, networkInterface, target.vpcId());
      made.networkInterfaceId(networkInterface);
      // Source: VPC user guide, route states: an interface that is attached to nothing.
      state =
          target.status() == NetworkInterfaceStatus.AVAILABLE
              ? RouteState.BLACKHOLE
              : RouteState.ACTIVE;
    }
    return made.state(state).build();
  }

  /** Source: VPC user guide, middlebox routing: what may lie within the local route. */
  private void requireNotWithinNetwork(
      RouteTable table, Destination destination, boolean possible) {
    if (destination.cidrBlock() == null) {
      return;
    }
    Cidr wanted = Cidr.parse(destination.cidrBlock());
    boolean within =
        table.routes().stream()
            .filter(r -> "local".equals(r.gatewayId()))
            .anyMatch(r -> Cidr.parse(r.destinationCidrBlock()).contains(wanted));
    if (!within || find(table, destination).isPresent()) {
      return;
    }
    if (possible) {
      throw Parameters.unsupported("DestinationCidrBlock=" + destination + " within the VPC");
    }
    throw AwsError.of(
        "InvalidParameterValue",
        ("The destination CIDR block %s is equal to or more specific than one of this VPC's CIDR"
                + " blocks. This route can target only an interface or an instance.")
            .formatted(destination));
  }

  private void requireAttached(RouteTable table, String id) {
    if (!id.startsWith("igw-")) {
      throw AwsError.of(
          "InvalidGatewayID.NotFound", "The gateway ID '%s' does not exist".formatted(id));
    }
    boolean attached =
        stores
            .internetGateways
            .find(id)
            .orElseThrow(() ->
                AwsError.of(
                    "InvalidGatewayID.NotFound",
                    "The gateway ID '%s' does not exist".formatted(id)))
            .attachments()
            .stream()
            .anyMatch(a -> a.vpcId().equals(table.vpcId()));
    if (!attached) {
      throw AwsError.of(
          "InvalidParameterValue",
          "route table %s and network gateway %s belong to different networks"
              .formatted(table.routeTableId(), id));
    }
  }

  private void requireThere(RouteTable table, String id) {
    var nat =
        stores
            .natGateways
            .find(id)
            .filter(
                n -> n.state() != NatGatewayState.DELETED && n.state() != NatGatewayState.FAILED)
            .orElseThrow(() ->
                AwsError.of(
                    "InvalidNatGatewayID.NotFound",
                    "The natGateway ID '%s' does not exist".formatted(id)));
    requireSameNetwork(table, id, nat.vpcId());
  }

  private static void requireSameNetwork(RouteTable table, String target, String vpcId) {
    if (!table.vpcId().equals(vpcId)) {
      throw AwsError.of(
          "InvalidParameterValue",
          "route table %s and %s belong to different networks"
              .formatted(table.routeTableId(), target));
    }
  }
}
