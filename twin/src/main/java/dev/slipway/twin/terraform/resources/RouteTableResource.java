package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/** {@code aws_route_table}, with the routes that its {@code route} attribute holds. */
final class RouteTableResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_route_table";
  }

  @Override
  public String label() {
    return "EC2 Route Table";
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateRouteTableRequest request =
        CreateRouteTableRequest.builder()
            .vpcId(planned.text("vpc_id"))
            .clientToken(context.token())
            .tagSpecifications(Ec2Calls.tagSpecifications(planned, ResourceType.ROUTE_TABLE))
            .build();
    planned.set(
        "id", context.call(request, CreateRouteTableResponse.class).routeTable().routeTableId());
    planned.blocks("route").forEach(route -> Routes.create(context, planned.id(), route));
    if (!planned.texts("propagating_vgws").isEmpty()) {
      throw new UnsupportedOperationException("propagating_vgws of a route table");
    }
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<RouteTable> found = Routes.table(context, state.id());
    if (found.isEmpty()) {
      return false;
    }
    RouteTable table = found.get();
    state
        .set("arn", context.arn("ec2", "route-table/" + table.routeTableId()))
        .set("owner_id", table.ownerId())
        .set("vpc_id", table.vpcId())
        .setTexts("propagating_vgws", List.of())
        .setBlocks(
            "route",
            table.routes().stream()
                .filter(Routes::isManaged)
                .map(RouteTableResource::route)
                .toList());
    Ec2Calls.setTags(context, state, table.tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(prior, "route")) {
      updateRoutes(context, prior, planned);
    }
    Ec2Calls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    Routes.table(context, state.id()).stream()
        .flatMap(table -> table.associations().stream())
        .filter(association -> !Boolean.TRUE.equals(association.main()))
        .map(RouteTableAssociation::routeTableAssociationId)
        .forEach(id -> RouteTableAssociationResource.disassociate(context, id));
    DeleteRouteTableRequest request =
        DeleteRouteTableRequest.builder().routeTableId(state.id()).build();
    Ec2Calls.deleteUnused(
        context,
        context.timeout(state, "delete", Duration.ofMinutes(5)),
        () -> context.call(request, DeleteRouteTableResponse.class));
  }

  private static void updateRoutes(Context context, Attributes prior, Attributes planned) {
    Map<String, Attributes> before = byDestination(prior);
    Map<String, Attributes> after = byDestination(planned);
    before.forEach((destination, route) -> {
      if (!after.containsKey(destination)) {
        Routes.delete(context, planned.id(), route);
      }
    });
    after.forEach((destination, route) -> {
      Attributes old = before.get(destination);
      if (old == null) {
        Routes.create(context, planned.id(), route);
      } else if (route.differs(old, Routes.TARGETS)) {
        Routes.replace(context, planned.id(), route);
      }
    });
  }

  private static Map<String, Attributes> byDestination(Attributes table) {
    Map<String, Attributes> routes = new LinkedHashMap<>();
    table.blocks("route").forEach(route -> routes.put(Routes.destination(route), route));
    return routes;
  }

  private static Attributes route(Route route) {
    Attributes made = new Attributes();
    made.setText("cidr_block", route.destinationCidrBlock())
        .setText("ipv6_cidr_block", route.destinationIpv6CidrBlock());
    return Routes.describe(made, route);
  }
}
