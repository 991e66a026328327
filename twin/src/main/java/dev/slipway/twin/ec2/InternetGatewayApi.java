package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;

/** Internet gateways. Source: EC2 API reference, CreateInternetGateway and others. */
final class InternetGatewayApi {

  private final World world;
  private final Stores stores;
  private final Blackholes blackholes;
  private final Filters<InternetGateway> filters;

  InternetGatewayApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.blackholes = new Blackholes(stores);
    this.filters =
        Filters.of(stores.internetGateways.kind())
            .on("internet-gateway-id", InternetGateway::internetGatewayId)
            .on("owner-id", InternetGateway::ownerId)
            .many("attachment.vpc-id", g -> g.attachments().stream().map(a -> a.vpcId()))
            .many("attachment.state", g -> g.attachments().stream().map(a -> a.stateAsString()));
  }

  /** Creates a gateway that is attached to nothing. */
  public CreateInternetGatewayResponse createInternetGateway(CreateInternetGatewayRequest request) {
    Parameters.only(request, "TagSpecifications");
    new Quotas(stores).checkInternetGateways();
    InternetGateway made =
        InternetGateway.builder()
            .internetGatewayId(stores.internetGateways.newId())
            .ownerId(world.account())
            .attachments(List.of())
            .tags(Tags.of(request.tagSpecifications(), "internet-gateway"))
            .build();
    stores.internetGateways.put(made);
    return CreateInternetGatewayResponse.builder().internetGateway(made).build();
  }

  /** Lists gateways. */
  public DescribeInternetGatewaysResponse describeInternetGateways(
      DescribeInternetGatewaysRequest request) {
    Parameters.only(request, "Filters", "InternetGatewayIds", "NextToken", "MaxResults");
    Page<InternetGateway> page =
        Page.of(
            filters.apply(
                stores.internetGateways.select(request.internetGatewayIds()), request.filters()),
            request.maxResults(),
            request.nextToken());
    return DescribeInternetGatewaysResponse.builder()
        .internetGateways(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Attaches a gateway; a VPC has one at most. */
  public AttachInternetGatewayResponse attachInternetGateway(AttachInternetGatewayRequest request) {
    Parameters.only(request, "InternetGatewayId", "VpcId");
    InternetGateway gateway = gateway(request.internetGatewayId());
    String vpc = Parameters.required("vpcId", request.vpcId());
    stores.vpcs.require(vpc);
    if (!gateway.attachments().isEmpty()) {
      throw AwsError.of(
          "Resource.AlreadyAssociated",
          "resource %s is already attached to network %s"
              .formatted(gateway.internetGatewayId(), gateway.attachments().getFirst().vpcId()));
    }
    if (stores.internetGateways.any(g -> isAttached(g, vpc))) {
      throw AwsError.of(
          "InvalidParameterValue",
          "Network %s already has an internet gateway attached".formatted(vpc));
    }
    stores.internetGateways.put(
        gateway.toBuilder()
            .attachments(InternetGatewayAttachment.builder().vpcId(vpc).state("available").build())
            .build());
    blackholes.targetBack(vpc, gateway.internetGatewayId());
    return AttachInternetGatewayResponse.builder().build();
  }

  /** Detaches a gateway from a VPC without public addresses. */
  public DetachInternetGatewayResponse detachInternetGateway(DetachInternetGatewayRequest request) {
    Parameters.only(request, "InternetGatewayId", "VpcId");
    InternetGateway gateway = gateway(request.internetGatewayId());
    String vpc = Parameters.required("vpcId", request.vpcId());
    stores.vpcs.require(vpc);
    if (!isAttached(gateway, vpc)) {
      throw AwsError.of(
          "Gateway.NotAttached",
          "resource %s is not attached to network %s".formatted(gateway.internetGatewayId(), vpc));
    }
    if (stores.networkInterfaces.any(i -> vpc.equals(i.vpcId()) && i.association() != null)) {
      throw AwsError.of(
          "DependencyViolation",
          ("Network %s has some mapped public address(es). Please unmap those public address(es)"
                  + " before detaching the gateway.")
              .formatted(vpc));
    }
    stores.internetGateways.put(gateway.toBuilder().attachments(List.of()).build());
    blackholes.targetGone(vpc, gateway.internetGatewayId());
    return DetachInternetGatewayResponse.builder().build();
  }

  /** Deletes a gateway that is attached to nothing. */
  public DeleteInternetGatewayResponse deleteInternetGateway(DeleteInternetGatewayRequest request) {
    Parameters.only(request, "InternetGatewayId");
    InternetGateway gateway = gateway(request.internetGatewayId());
    if (!gateway.attachments().isEmpty()) {
      throw AwsError.of(
          "DependencyViolation",
          "The internetGateway '%s' has dependencies and cannot be deleted."
              .formatted(gateway.internetGatewayId()));
    }
    stores.internetGateways.remove(gateway.internetGatewayId());
    return DeleteInternetGatewayResponse.builder().build();
  }

  private InternetGateway gateway(String id) {
    return stores.internetGateways.require(Parameters.required("internetGatewayId", id));
  }

  static boolean isAttached(InternetGateway gateway, String vpcId) {
    return gateway.attachments().stream().anyMatch(a -> vpcId.equals(a.vpcId()));
  }
}
