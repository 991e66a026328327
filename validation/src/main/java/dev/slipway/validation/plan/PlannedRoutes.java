package dev.slipway.validation.plan;

import dev.slipway.topology.Network;
import dev.slipway.validation.plan.Planned.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/**
 * Route tables as they will be. Source: Terraform AWS provider, aws_route_table: routes that are
 * not written in it are read back as they are, those of gateway endpoints left out.
 */
final class PlannedRoutes {

  private static final String[] TABLES = {"aws_route_table", "aws_default_route_table"};
  private static final String ACTION = "ec2:DescribeRouteTables";

  private final Reading reading;
  private final Map<String, Table> tables = new LinkedHashMap<>();

  /** A table while it is put together. */
  private static final class Table {
    private final String vpc;
    private final List<Route> routes = new ArrayList<>();
    private final Set<String> subnets = new LinkedHashSet<>();
    private boolean main;

    Table(String vpc) {
      this.vpc = vpc;
    }
  }

  PlannedRoutes(Reading reading, Network live) {
    this.reading = reading;
    live.routeTables().stream()
        .filter(t -> !reading.gone(t.routeTableId()))
        .forEach(t -> tables.put(t.routeTableId(), there(t)));
  }

  /** A table that is there already, less what the plan takes out of it. */
  private Table there(RouteTable known) {
    Table table = new Table(known.vpcId());
    known.routes().stream()
        .filter(r -> !removed(known.routeTableId(), r))
        .forEach(table.routes::add);
    for (RouteTableAssociation each : known.associations()) {
      table.main |= Boolean.TRUE.equals(each.main());
      if (each.subnetId() != null && !reading.gone(each.routeTableAssociationId())) {
        table.subnets.add(each.subnetId());
      }
    }
    return table;
  }

  /** The tables of these VPCs. */
  List<RouteTable> tables() {
    reading.plan().all("aws_vpc", "aws_default_vpc").forEach(this::main);
    reading.plan().all(TABLES).forEach(this::table);
    reading.plan().all("aws_main_route_table_association").forEach(this::mainAssociation);
    reading.plan().all("aws_route_table_association").forEach(this::association);
    reading.plan().all("aws_route").forEach(this::route);
    reading.plan().all("aws_vpc_endpoint").forEach(this::gateway);
    reading.plan().all("aws_vpc_endpoint_route_table_association").forEach(this::gatewayTable);
    List<RouteTable> all = new ArrayList<>();
    tables.forEach((id, t) -> all.add(built(id, t)));
    return all;
  }

  /**
   * The main table that every VPC begins with: it leads nowhere but inside. Of a VPC that is there
   * already somebody else may have changed it, so it is believed to lead out.
   */
  private void main(Planned vpc) {
    String vpcId = reading.id(vpc);
    if (tables.values().stream().anyMatch(t -> t.main && t.vpc.equals(vpcId))) {
      return;
    }
    String id = reading.mainTable(vpc);
    Table table = new Table(vpcId);
    table.main = true;
    if (!vpc.text("id").isEmpty()) {
      table.routes.add(
          Route.builder().destinationCidrBlock("0.0.0.0/0").transitGatewayId("onwards").build());
    }
    tables.put(id, table);
  }

  private void table(Planned planned) {
    boolean isDefault = planned.type().equals("aws_default_route_table");
    String vpc =
        isDefault
            ? reading
                .resolve(planned, List.of("default_route_table_id"), "aws_vpc", "aws_default_vpc")
                .one()
                .map(reading::id)
                .orElse(planned.text("vpc_id"))
            : reading.reference(planned, "vpc_id", "aws_vpc", "aws_default_vpc");
    if (vpc.isEmpty()) {
      reading.unknown(ACTION, planned.address() + ": vpc_id");
      return;
    }
    String id = reading.id(planned);
    Table table = new Table(vpc);
    if (isDefault) {
      tables.values().removeIf(t -> t.main && t.vpc.equals(vpc));
      table.main = true;
    }
    tables.put(id, table);
    boolean written = reading.references().written(planned, "route");
    for (Block block : planned.blocks("route")) {
      Route route = route(planned, block::text, block::unknown, List.of("route"));
      if (written || !removed(id, route)) {
        table.routes.add(route);
      }
    }
  }

  /** A route that the state still shows while the plan takes it away. */
  private boolean removed(String table, Route route) {
    return reading.plan().removed().stream()
        .filter(r -> r.type().equals("aws_route"))
        .filter(r -> r.text("route_table_id").equals(table))
        .anyMatch(r ->
            r.text("destination_cidr_block").equals(String.valueOf(route.destinationCidrBlock()))
                || r.text("destination_prefix_list_id")
                    .equals(String.valueOf(route.destinationPrefixListId())));
  }

  private void mainAssociation(Planned planned) {
    String vpc = reading.reference(planned, "vpc_id", "aws_vpc", "aws_default_vpc");
    Table table = tables.get(reading.reference(planned, "route_table_id", TABLES));
    if (table == null || vpc.isEmpty()) {
      reading.unknown(ACTION, planned.address() + ": route_table_id");
      return;
    }
    tables.values().stream().filter(t -> t.vpc.equals(vpc)).forEach(t -> t.main = false);
    table.main = true;
  }

  private void association(Planned planned) {
    if (planned.text("subnet_id").isEmpty() && !planned.unknown("subnet_id")) {
      return;
    }
    String subnet = reading.reference(planned, "subnet_id", "aws_subnet", "aws_default_subnet");
    String table = reading.reference(planned, "route_table_id", TABLES);
    if (!subnet.isEmpty() && tables.containsKey(table)) {
      tables.get(table).subnets.add(subnet);
    } else if (subnet.isEmpty() || table.isEmpty()) {
      reading.unknown(ACTION, planned.address() + ": which table leads which subnet");
    }
  }

  private void route(Planned planned) {
    Route route = route(planned, planned::text, planned::unknown, List.of());
    String known = planned.text("route_table_id");
    List<String> into =
        !known.isEmpty()
            ? List.of(known)
            : of(planned, "route_table_id").map(List::of).orElse(List.of());
    if (into.isEmpty()) {
      reading.unknown(ACTION, planned.address() + ": route_table_id");
    }
    into.stream().filter(tables::containsKey).forEach(t -> tables.get(t).routes.add(route));
  }

  /** The table that a reference leads to, be it by way of its VPC. */
  private Optional<String> of(Planned planned, String attribute) {
    return reading
        .resolve(planned, List.of(attribute), TABLES)
        .one()
        .map(reading::id)
        .or(() ->
            reading
                .resolve(planned, List.of(attribute), "aws_vpc", "aws_default_vpc")
                .one()
                .filter(_ ->
                    reading.resolve(planned, List.of(attribute), TABLES).candidates().isEmpty())
                .map(reading::mainTable));
  }

  /** A route; whither nobody knows before the apply is believed to lead on. */
  private Route route(
      Planned planned,
      Function<String, String> text,
      Function<String, Boolean> unknown,
      List<String> block) {
    Route.Builder route = Route.builder();
    String cidr = text.apply(block.isEmpty() ? "destination_cidr_block" : "cidr_block");
    String list = text.apply("destination_prefix_list_id");
    boolean six =
        !text.apply(block.isEmpty() ? "destination_ipv6_cidr_block" : "ipv6_cidr_block").isEmpty();
    if (!cidr.isEmpty()) {
      route.destinationCidrBlock(cidr);
    } else if (!list.isEmpty()) {
      route.destinationPrefixListId(list);
    } else if (!six) {
      route.destinationCidrBlock("0.0.0.0/0");
    }
    target(planned, "gateway_id", text, unknown, block, "aws_internet_gateway", "aws_vpn_gateway")
        .ifPresent(route::gatewayId);
    target(planned, "nat_gateway_id", text, unknown, block, "aws_nat_gateway")
        .ifPresent(id -> nat(route, id));
    for (String other :
        List.of(
            "transit_gateway_id",
            "vpc_peering_connection_id",
            "network_interface_id",
            "vpc_endpoint_id",
            "local_gateway_id",
            "carrier_gateway_id",
            "core_network_arn",
            "instance_id")) {
      boolean later = unknown.apply(other) && writes(planned, block, other);
      if (!text.apply(other).isEmpty() || later) {
        route.transitGatewayId("onwards");
      }
    }
    return route.build();
  }

  /** A regional NAT gateway lies in no subnet; it finds its way out by itself. */
  private void nat(Route.Builder route, String id) {
    boolean zonal =
        reading.plan().all("aws_nat_gateway").stream()
            .filter(n -> reading.id(n).equals(id))
            .anyMatch(n -> !n.text("availability_mode").equals("regional"));
    if (zonal) {
      route.natGatewayId(id);
    } else {
      route.transitGatewayId("onwards");
    }
  }

  private Optional<String> target(
      Planned planned,
      String attribute,
      Function<String, String> text,
      Function<String, Boolean> unknown,
      List<String> block,
      String... types) {
    String known = text.apply(attribute);
    if (!known.isEmpty()) {
      return Optional.of(known);
    }
    List<String> path = new ArrayList<>(block);
    path.add(attribute);
    if (!unknown.apply(attribute) || !writes(planned, block, attribute)) {
      return Optional.empty();
    }
    Resolved resolved = reading.resolve(planned, path, types);
    return resolved
        .one()
        .or(() -> resolved.sure() ? resolved.candidates().stream().findFirst() : Optional.empty())
        .map(reading::id)
        .or(() -> Optional.of("tgw-onwards"));
  }

  /** What the provider computes is unknown too, and means nothing. */
  private boolean writes(Planned planned, List<String> block, String attribute) {
    return reading.references().written(planned, block.isEmpty() ? attribute : block.getFirst());
  }

  private void gateway(Planned endpoint) {
    if (!endpoint.text("vpc_endpoint_type", "Gateway").equals("Gateway")) {
      return;
    }
    reading
        .list(ACTION, endpoint, "route_table_ids", TABLES)
        .forEach(table -> gateway(table, reading.id(endpoint), endpoint.text("service_name")));
  }

  private void gatewayTable(Planned planned) {
    String endpoint = reading.reference(planned, "vpc_endpoint_id", "aws_vpc_endpoint");
    String table = reading.reference(planned, "route_table_id", TABLES);
    Optional<Planned> found =
        reading.plan().all("aws_vpc_endpoint").stream()
            .filter(e -> reading.id(e).equals(endpoint))
            .findFirst();
    if (found.isPresent() && !table.isEmpty()) {
      gateway(table, endpoint, found.get().text("service_name"));
    } else {
      reading.unknown(ACTION, planned.address() + ": route_table_id");
    }
  }

  private void gateway(String table, String endpoint, String service) {
    if (tables.containsKey(table)) {
      tables
          .get(table)
          .routes
          .add(
              Route.builder()
                  .destinationPrefixListId(PlannedGroups.prefixList(service))
                  .gatewayId(endpoint)
                  .build());
    }
  }

  private static RouteTable built(String id, Table table) {
    List<RouteTableAssociation> associations = new ArrayList<>();
    if (table.main) {
      associations.add(RouteTableAssociation.builder().main(true).build());
    }
    table.subnets.forEach(
        s -> associations.add(RouteTableAssociation.builder().main(false).subnetId(s).build()));
    return RouteTable.builder()
        .routeTableId(id)
        .vpcId(table.vpc)
        .routes(table.routes)
        .associations(associations)
        .build();
  }
}
