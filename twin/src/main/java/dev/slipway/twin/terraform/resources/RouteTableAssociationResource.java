package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationResponse;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/** {@code aws_route_table_association}. */
final class RouteTableAssociationResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_route_table_association";
  }

  @Override
  public String label() {
    return "Route Table Association";
  }

  @Override
  public void create(Context context, Attributes planned) {
    AssociateRouteTableRequest request =
        AssociateRouteTableRequest.builder()
            .routeTableId(planned.text("route_table_id"))
            .subnetId(planned.text("subnet_id"))
            .gatewayId(planned.text("gateway_id"))
            .build();
    AssociateRouteTableResponse response =
        context
            .waiter()
            .retry(
                Duration.ofMinutes(5),
                e -> e.is("InvalidRouteTableID.NotFound"),
                () -> context.call(request, AssociateRouteTableResponse.class));
    planned.set("id", response.associationId());
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeRouteTablesRequest request =
        DescribeRouteTablesRequest.builder()
            .filters(Ec2Calls.filter("association.route-table-association-id", state.id()))
            .build();
    Optional<RouteTableAssociation> found =
        context.call(request, DescribeRouteTablesResponse.class).routeTables().stream()
            .flatMap(table -> table.associations().stream())
            .filter(association -> association.routeTableAssociationId().equals(state.id()))
            .findFirst();
    if (found.isEmpty()) {
      return false;
    }
    state
        .set("route_table_id", found.get().routeTableId())
        .set("subnet_id", found.get().subnetId())
        .setText("gateway_id", found.get().gatewayId());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    ReplaceRouteTableAssociationRequest request =
        ReplaceRouteTableAssociationRequest.builder()
            .associationId(planned.id())
            .routeTableId(planned.text("route_table_id"))
            .build();
    // The association that replaces the old one has an id of its own.
    planned.set(
        "id", context.call(request, ReplaceRouteTableAssociationResponse.class).newAssociationId());
  }

  @Override
  public void delete(Context context, Attributes state) {
    disassociate(context, state.id());
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    String[] parts = id.split("/", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "Unexpected format for import: %s. Use 'subnet ID/route table ID' or 'gateway ID/route table ID"
              .formatted(id));
    }
    RouteTableAssociation association =
        Routes.table(context, parts[1]).stream()
            .flatMap(table -> table.associations().stream())
            .filter(one -> parts[0].equals(one.subnetId()) || parts[0].equals(one.gatewayId()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no association " + id));
    state.set("id", association.routeTableAssociationId());
  }

  static void disassociate(Context context, String id) {
    context.find(() ->
        context.call(
            DisassociateRouteTableRequest.builder().associationId(id).build(),
            DisassociateRouteTableResponse.class));
  }
}
