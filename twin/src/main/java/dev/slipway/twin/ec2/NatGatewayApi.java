package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.ConnectivityType;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayAddress;
import software.amazon.awssdk.services.ec2.model.NatGatewayAddressStatus;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** NAT gateways. Source: EC2 API reference, CreateNatGateway and others. */
final class NatGatewayApi {

  /** Source: VPC user guide, quotas: NAT gateways per availability zone. */
  private static final int LIMIT = 5;

  private final World world;
  private final Stores stores;
  private final NatGateways gateways;
  private final ClientTokens tokens;
  private final Filters<NatGateway> filters;

  NatGatewayApi(World world, Stores stores, NatGateways gateways) {
    this.world = world;
    this.stores = stores;
    this.gateways = gateways;
    this.tokens = new ClientTokens(world);
    this.filters =
        Filters.of(stores.natGateways.kind())
            .on("nat-gateway-id", NatGateway::natGatewayId)
            .on("state", NatGateway::stateAsString)
            .on("subnet-id", NatGateway::subnetId)
            .on("vpc-id", NatGateway::vpcId);
  }

  /** Creates a gateway; whether it comes up shows later. */
  public CreateNatGatewayResponse createNatGateway(CreateNatGatewayRequest request) {
    Parameters.only(
        request,
        "SubnetId",
        "AllocationId",
        "ConnectivityType",
        "ClientToken",
        "TagSpecifications");
    Optional<NatGateway> before = tokens.madeBefore(stores.natGateways, request.clientToken());
    if (before.isPresent()) {
      return CreateNatGatewayResponse.builder().natGateway(before.get()).build();
    }
    Subnet subnet = stores.subnets.require(Parameters.required("subnetId", request.subnetId()));
    ConnectivityType type =
        request.connectivityType() == null ? ConnectivityType.PUBLIC : request.connectivityType();
    if (type == ConnectivityType.PUBLIC) {
      Parameters.required("allocationId", request.allocationId());
    } else if (request.allocationId() != null) {
      throw AwsError.of(
          "InvalidParameterCombination",
          "The parameter allocationId cannot be used with a private NAT gateway");
    }
    checkLimit(subnet);
    NatGateway made =
        NatGateway.builder()
            .natGatewayId(stores.natGateways.newId())
            .subnetId(subnet.subnetId())
            .vpcId(subnet.vpcId())
            .connectivityType(type)
            .state(NatGatewayState.PENDING)
            .createTime(world.now())
            .natGatewayAddresses(
                NatGatewayAddress.builder()
                    .allocationId(request.allocationId())
                    .isPrimary(true)
                    .status(NatGatewayAddressStatus.ASSOCIATING)
                    .build())
            .tags(Tags.of(request.tagSpecifications(), "natgateway"))
            .build();
    gateways.begin(made);
    tokens.remember(stores.natGateways, request.clientToken(), made.natGatewayId());
    return CreateNatGatewayResponse.builder()
        .natGateway(made)
        .clientToken(request.clientToken())
        .build();
  }

  /** Lists gateways, failed and deleted ones too for an hour. */
  public DescribeNatGatewaysResponse describeNatGateways(DescribeNatGatewaysRequest request) {
    Parameters.only(request, "Filter", "NatGatewayIds", "NextToken", "MaxResults");
    Page<NatGateway> page =
        Page.of(
            filters.apply(stores.natGateways.select(request.natGatewayIds()), request.filter()),
            request.maxResults(),
            request.nextToken());
    return DescribeNatGatewaysResponse.builder()
        .natGateways(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Begins to delete a gateway. */
  public DeleteNatGatewayResponse deleteNatGateway(DeleteNatGatewayRequest request) {
    Parameters.only(request, "NatGatewayId");
    String id = Parameters.required("natGatewayId", request.natGatewayId());
    gateways.delete(stores.natGateways.require(id));
    return DeleteNatGatewayResponse.builder().natGatewayId(id).build();
  }

  private void checkLimit(Subnet subnet) {
    List<String> zone =
        stores.subnets.where(s -> s.availabilityZone().equals(subnet.availabilityZone())).stream()
            .map(Subnet::subnetId)
            .toList();
    long alive =
        stores.natGateways.all().stream()
            .filter(n -> zone.contains(n.subnetId()))
            .filter(n ->
                n.state() == NatGatewayState.PENDING
                    || n.state() == NatGatewayState.AVAILABLE
                    || n.state() == NatGatewayState.DELETING)
            .count();
    if (alive >= LIMIT) {
      throw AwsError.of(
          "NatGatewayLimitExceeded",
          "The maximum number of NAT gateways has been reached for availability zone "
              + subnet.availabilityZone());
    }
  }
}
