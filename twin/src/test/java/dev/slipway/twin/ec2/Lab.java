package dev.slipway.twin.ec2;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** A world with EC2 alone, and short ways to make the usual things in it. */
final class Lab {

  final ManualClock clock;
  final World world;
  final Ec2 ec2;

  Lab() {
    this(new ManualClock(Instant.parse("2026-01-01T00:00:00Z")));
  }

  Lab(ManualClock clock) {
    this.clock = clock;
    this.world = new World("123456789012", "eu-west-1", clock, new Ids(new Random(7)));
    this.ec2 = new Ec2(world);
    ec2.register();
  }

  <R extends SdkResponse> R call(SdkRequest request, Class<R> type) {
    return world.operations().call(request, type);
  }

  SdkResponse call(SdkRequest request) {
    return world.operations().invoke(request);
  }

  AwsError refusal(SdkRequest request) {
    AwsError error = catchThrowableOfType(AwsError.class, () -> call(request));
    if (error == null) {
      throw new AssertionError("not refused: " + request);
    }
    return error;
  }

  String vpc(String cidr) {
    CreateVpcRequest request = CreateVpcRequest.builder().cidrBlock(cidr).build();
    return call(request, CreateVpcResponse.class).vpc().vpcId();
  }

  String subnet(String vpc, String cidr) {
    CreateSubnetRequest request = CreateSubnetRequest.builder().vpcId(vpc).cidrBlock(cidr).build();
    return call(request, CreateSubnetResponse.class).subnet().subnetId();
  }

  String group(String vpc, String name) {
    CreateSecurityGroupRequest request =
        CreateSecurityGroupRequest.builder().vpcId(vpc).groupName(name).description(name).build();
    return call(request, CreateSecurityGroupResponse.class).groupId();
  }

  /** An internet gateway, attached. */
  String gateway(String vpc) {
    String id =
        call(CreateInternetGatewayRequest.builder().build(), CreateInternetGatewayResponse.class)
            .internetGateway()
            .internetGatewayId();
    call(AttachInternetGatewayRequest.builder().internetGatewayId(id).vpcId(vpc).build());
    return id;
  }

  /** A route table, associated. */
  String table(String vpc, String subnet) {
    String id =
        call(CreateRouteTableRequest.builder().vpcId(vpc).build(), CreateRouteTableResponse.class)
            .routeTable()
            .routeTableId();
    call(AssociateRouteTableRequest.builder().routeTableId(id).subnetId(subnet).build());
    return id;
  }

  /** A default route. */
  void route(String table, String target) {
    CreateRouteRequest.Builder route =
        CreateRouteRequest.builder().routeTableId(table).destinationCidrBlock("0.0.0.0/0");
    if (target.startsWith("nat-")) {
      route.natGatewayId(target);
    } else {
      route.gatewayId(target);
    }
    call(route.build());
  }

  String address() {
    return call(AllocateAddressRequest.builder().build(), AllocateAddressResponse.class)
        .allocationId();
  }

  String nat(String subnet, String address) {
    CreateNatGatewayRequest request =
        CreateNatGatewayRequest.builder().subnetId(subnet).allocationId(address).build();
    return call(request, CreateNatGatewayResponse.class).natGateway().natGatewayId();
  }

  /** An interface as ECS keeps one for a task. */
  NetworkInterface managed(String subnet, boolean publicIp, String... groups) {
    return world.call(() ->
        ec2.create(
            new NetworkInterfaces.Order(
                subnet, List.of(groups), publicIp, "a task", "interface", "amazon-ecs")));
  }
}
