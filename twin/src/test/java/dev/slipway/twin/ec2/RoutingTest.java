package dev.slipway.twin.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationRequest;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;

@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
class RoutingTest {

  private final Lab lab = new Lab();
  private String vpc;
  private String subnet;

  @BeforeEach
  void drawSubnet() {
    vpc = lab.vpc("10.0.0.0/16");
    subnet = lab.subnet(vpc, "10.0.0.0/24");
  }

  private RouteTable describe(String filter, String value) {
    List<RouteTable> found =
        lab.call(
                DescribeRouteTablesRequest.builder()
                    .filters(f -> f.name(filter).values(value))
                    .build(),
                DescribeRouteTablesResponse.class)
            .routeTables();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<RouteState> defaultRoutes(String table) {
    return describe("route-table-id", table).routes().stream()
        .filter(r -> "0.0.0.0/0".equals(r.destinationCidrBlock()))
        .map(Route::state)
        .toList();
  }

  @Test
  void aDetachedGatewayMakesItsRoutesBlackHolesUntilItIsBack() {
    String gateway = lab.gateway(vpc);
    String table = lab.table(vpc, subnet);
    lab.route(table, gateway);
    assertThat(defaultRoutes(table)).containsExactly(RouteState.ACTIVE);
    lab.call(DetachInternetGatewayRequest.builder().internetGatewayId(gateway).vpcId(vpc).build());
    assertThat(defaultRoutes(table)).containsExactly(RouteState.BLACKHOLE);
    lab.call(AttachInternetGatewayRequest.builder().internetGatewayId(gateway).vpcId(vpc).build());
    assertThat(defaultRoutes(table)).containsExactly(RouteState.ACTIVE);
  }

  @Test
  void routesAreUniqueAndTheLocalOneStays() {
    String gateway = lab.gateway(vpc);
    String table = lab.table(vpc, subnet);
    lab.route(table, gateway);
    assertThat(
            lab.refusal(
                CreateRouteRequest.builder()
                    .routeTableId(table)
                    .destinationCidrBlock("0.0.0.0/0")
                    .gatewayId(gateway)
                    .build()))
        .hasMessage("The route identified by 0.0.0.0/0 already exists.")
        .extracting("code")
        .isEqualTo("RouteAlreadyExists");
    assertThat(
            lab.refusal(
                DeleteRouteRequest.builder()
                    .routeTableId(table)
                    .destinationCidrBlock("10.0.0.0/16")
                    .build()))
        .hasMessage("cannot remove local route 10.0.0.0/16 in route table %s".formatted(table));
    DeleteRouteRequest delete =
        DeleteRouteRequest.builder().routeTableId(table).destinationCidrBlock("0.0.0.0/0").build();
    lab.call(delete);
    assertThat(lab.refusal(delete).code()).isEqualTo("InvalidRoute.NotFound");
  }

  @Test
  void aGatewayOfAnotherNetworkIsRefused() {
    String other = lab.vpc("10.1.0.0/16");
    String gateway = lab.gateway(other);
    String table = lab.table(vpc, subnet);
    assertThat(
            lab.refusal(
                CreateRouteRequest.builder()
                    .routeTableId(table)
                    .destinationCidrBlock("0.0.0.0/0")
                    .gatewayId(gateway)
                    .build()))
        .hasMessage(
            "route table %s and network gateway %s belong to different networks", table, gateway);
  }

  @Test
  void aSubnetHasOneTableOfItsOwnAndATableInUseStays() {
    String table = lab.table(vpc, subnet);
    String second =
        lab.call(
                CreateRouteTableRequest.builder().vpcId(vpc).build(),
                CreateRouteTableResponse.class)
            .routeTable()
            .routeTableId();
    assertThat(
            lab.refusal(
                    AssociateRouteTableRequest.builder()
                        .routeTableId(second)
                        .subnetId(subnet)
                        .build())
                .code())
        .isEqualTo("Resource.AlreadyAssociated");
    DeleteRouteTableRequest delete = DeleteRouteTableRequest.builder().routeTableId(table).build();
    assertThat(lab.refusal(delete))
        .hasMessage("The routeTable '%s' has dependencies and cannot be deleted.".formatted(table));
    lab.call(
        DisassociateRouteTableRequest.builder()
            .associationId(
                describe("association.subnet-id", subnet)
                    .associations()
                    .getFirst()
                    .routeTableAssociationId())
            .build());
    lab.call(delete);
  }

  @Test
  void anotherTableBecomesTheMainOne() {
    RouteTable main = describe("association.main", "true");
    String second =
        lab.call(
                CreateRouteTableRequest.builder().vpcId(vpc).build(),
                CreateRouteTableResponse.class)
            .routeTable()
            .routeTableId();
    lab.call(
        ReplaceRouteTableAssociationRequest.builder()
            .associationId(main.associations().getFirst().routeTableAssociationId())
            .routeTableId(second)
            .build());
    assertThat(describe("association.main", "true").routeTableId()).isEqualTo(second);
  }

  @Test
  void aRepeatedCallWithOneClientTokenMakesOneTable() {
    CreateRouteTableRequest request =
        CreateRouteTableRequest.builder().vpcId(vpc).clientToken("once").build();
    assertThat(lab.call(request, CreateRouteTableResponse.class).routeTable())
        .isEqualTo(lab.call(request, CreateRouteTableResponse.class).routeTable());
  }

  @Test
  void aSubnetMovesFromTheDefaultAclToAnotherWhichDeniesAllAtFirst() {
    NetworkAclAssociation first = acl("default", "true").associations().getFirst();
    NetworkAcl made =
        lab.call(
                CreateNetworkAclRequest.builder().vpcId(vpc).build(),
                CreateNetworkAclResponse.class)
            .networkAcl();
    assertThat(made.entries()).allMatch(e -> e.ruleActionAsString().equals("deny"));
    lab.call(
        ReplaceNetworkAclAssociationRequest.builder()
            .associationId(first.networkAclAssociationId())
            .networkAclId(made.networkAclId())
            .build());
    assertThat(acl("association.subnet-id", subnet).networkAclId()).isEqualTo(made.networkAclId());
    assertThat(
            lab.refusal(
                DeleteNetworkAclRequest.builder().networkAclId(made.networkAclId()).build()))
        .hasMessage(
            "The network ACL '%s' has dependencies and cannot be deleted.", made.networkAclId());
  }

  @Test
  void anAclHasOneEntryForANumberAndDirection() {
    String acl = acl("default", "true").networkAclId();
    CreateNetworkAclEntryRequest entry =
        CreateNetworkAclEntryRequest.builder()
            .networkAclId(acl)
            .ruleNumber(50)
            .protocol("tcp")
            .ruleAction("deny")
            .egress(false)
            .cidrBlock("0.0.0.0/0")
            .portRange(p -> p.from(5000).to(5000))
            .build();
    lab.call(entry);
    assertThat(lab.refusal(entry).code()).isEqualTo("NetworkAclEntryAlreadyExists");
    lab.call(entry.toBuilder().egress(true).build());
    assertThat(acl("default", "true").entries()).hasSize(6);
  }

  private NetworkAcl acl(String filter, String value) {
    return lab.call(
            DescribeNetworkAclsRequest.builder().filters(f -> f.name(filter).values(value)).build(),
            DescribeNetworkAclsResponse.class)
        .networkAcls()
        .getFirst();
  }
}
