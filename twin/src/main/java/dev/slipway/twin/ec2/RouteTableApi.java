package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationResponse;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Route tables and their associations. Source: EC2 API reference, CreateRouteTable and others. */
final class RouteTableApi {

  private final World world;
  private final Stores stores;
  private final ClientTokens tokens;
  private final Filters<RouteTable> filters;

  RouteTableApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.tokens = new ClientTokens(world);
    this.filters = RouteTableFilters.of(stores.routeTables.kind());
  }

  /** Creates a table with the local route. */
  public CreateRouteTableResponse createRouteTable(CreateRouteTableRequest request) {
    Parameters.only(request, "VpcId", "TagSpecifications", "ClientToken");
    Optional<RouteTable> before = tokens.madeBefore(stores.routeTables, request.clientToken());
    if (before.isPresent()) {
      return CreateRouteTableResponse.builder().routeTable(before.get()).build();
    }
    Vpc vpc = stores.vpcs.require(Parameters.required("vpcId", request.vpcId()));
    new Quotas(stores).checkRouteTables(vpc.vpcId());
    RouteTable made =
        RouteTables.blank(world, stores, vpc, Tags.of(request.tagSpecifications(), "route-table"));
    stores.routeTables.put(made);
    tokens.remember(stores.routeTables, request.clientToken(), made.routeTableId());
    return CreateRouteTableResponse.builder()
        .routeTable(made)
        .clientToken(request.clientToken())
        .build();
  }

  /** Lists tables with their routes and associations. */
  public DescribeRouteTablesResponse describeRouteTables(DescribeRouteTablesRequest request) {
    Parameters.only(request, "Filters", "RouteTableIds", "NextToken", "MaxResults");
    Page<RouteTable> page =
        Page.of(
            filters.apply(stores.routeTables.select(request.routeTableIds()), request.filters()),
            request.maxResults(),
            request.nextToken());
    return DescribeRouteTablesResponse.builder()
        .routeTables(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Deletes a table without associations; the main one never. */
  public DeleteRouteTableResponse deleteRouteTable(DeleteRouteTableRequest request) {
    Parameters.only(request, "RouteTableId");
    RouteTable table = table(request.routeTableId());
    if (!table.associations().isEmpty()) {
      throw AwsError.of(
          "DependencyViolation",
          "The routeTable '%s' has dependencies and cannot be deleted."
              .formatted(table.routeTableId()));
    }
    stores.routeTables.remove(table.routeTableId());
    return DeleteRouteTableResponse.builder().build();
  }

  /** Associates a subnet, which has one table of its own at most. */
  public AssociateRouteTableResponse associateRouteTable(AssociateRouteTableRequest request) {
    Parameters.only(request, "RouteTableId", "SubnetId");
    RouteTable table = table(request.routeTableId());
    Subnet subnet = stores.subnets.require(Parameters.required("subnetId", request.subnetId()));
    requireSameNetwork(table, subnet);
    Optional<RouteTableAssociation> known =
        stores.routeTables.all().stream()
            .flatMap(t -> t.associations().stream())
            .filter(a -> subnet.subnetId().equals(a.subnetId()))
            .findFirst();
    if (known.isPresent() && !known.get().routeTableId().equals(table.routeTableId())) {
      throw AwsError.of(
          "Resource.AlreadyAssociated",
          "the specified association for route table %s conflicts with an existing association"
              .formatted(table.routeTableId()));
    }
    RouteTableAssociation association =
        known.orElseGet(() -> {
          RouteTableAssociation made =
              RouteTables.association(world, table.routeTableId(), subnet.subnetId());
          RouteTables.addAssociation(stores, made);
          return made;
        });
    return AssociateRouteTableResponse.builder()
        .associationId(association.routeTableAssociationId())
        .associationState(association.associationState())
        .build();
  }

  /** Takes a subnet's association away, so that the main table applies to it. */
  public DisassociateRouteTableResponse disassociateRouteTable(
      DisassociateRouteTableRequest request) {
    Parameters.only(request, "AssociationId");
    RouteTableAssociation known = association(request.associationId());
    if (Boolean.TRUE.equals(known.main())) {
      throw AwsError.of(
          "InvalidParameterValue",
          "cannot disassociate the main route table association "
              + known.routeTableAssociationId());
    }
    RouteTables.removeAssociations(
        stores, a -> a.routeTableAssociationId().equals(known.routeTableAssociationId()));
    return DisassociateRouteTableResponse.builder().build();
  }

  /** Moves an association to another table; also makes another table the main one. */
  public ReplaceRouteTableAssociationResponse replaceRouteTableAssociation(
      ReplaceRouteTableAssociationRequest request) {
    Parameters.only(request, "AssociationId", "RouteTableId");
    RouteTable table = table(request.routeTableId());
    RouteTableAssociation known = association(request.associationId());
    String vpc = stores.routeTables.require(known.routeTableId()).vpcId();
    if (!vpc.equals(table.vpcId())) {
      throw AwsError.of(
          "InvalidParameterValue",
          "route table %s and network %s belong to different networks"
              .formatted(table.routeTableId(), vpc));
    }
    RouteTables.removeAssociations(
        stores, a -> a.routeTableAssociationId().equals(known.routeTableAssociationId()));
    RouteTableAssociation made =
        RouteTables.association(world, table.routeTableId(), known.subnetId());
    RouteTables.addAssociation(stores, made);
    return ReplaceRouteTableAssociationResponse.builder()
        .newAssociationId(made.routeTableAssociationId())
        .associationState(made.associationState())
        .build();
  }

  private RouteTable table(String id) {
    return stores.routeTables.require(Parameters.required("routeTableId", id));
  }

  private RouteTableAssociation association(String id) {
    String given = Parameters.required("associationId", id);
    return stores.routeTables.all().stream()
        .flatMap(t -> t.associations().stream())
        .filter(a -> a.routeTableAssociationId().equals(given))
        .findFirst()
        .orElseThrow(() ->
            AwsError.of(
                "InvalidAssociationID.NotFound",
                "The association ID '%s' does not exist".formatted(given)));
  }

  private static void requireSameNetwork(RouteTable table, Subnet subnet) {
    if (!table.vpcId().equals(subnet.vpcId())) {
      throw AwsError.of(
          "InvalidParameterValue",
          "Route table %s and subnet %s belong to different networks"
              .formatted(table.routeTableId(), subnet.subnetId()));
    }
  }
}
