package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.Waiter;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayAddress;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** {@code aws_nat_gateway}. */
final class NatGatewayResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_nat_gateway";
  }

  @Override
  public String label() {
    return "EC2 NAT Gateway";
  }

  @Override
  public void create(Context context, Attributes planned) {
    if (planned.has("secondary_allocation_ids")
        || planned.has("secondary_private_ip_addresses")
        || planned.has("secondary_private_ip_address_count")) {
      throw new UnsupportedOperationException("secondary addresses of a NAT gateway");
    }
    CreateNatGatewayRequest request =
        CreateNatGatewayRequest.builder()
            .clientToken(context.token())
            .allocationId(planned.text("allocation_id"))
            .connectivityType(planned.text("connectivity_type"))
            .privateIpAddress(planned.text("private_ip"))
            .subnetId(planned.text("subnet_id"))
            .tagSpecifications(Ec2Calls.tagSpecifications(planned, ResourceType.NATGATEWAY))
            .build();
    planned.set(
        "id", context.call(request, CreateNatGatewayResponse.class).natGateway().natGatewayId());
    Waiter.Until available =
        new Waiter.Until(
            Duration.ZERO,
            Duration.ZERO,
            context.timeout(planned, "create", Duration.ofMinutes(10)),
            List.of("pending"),
            List.of("available"));
    context.waiter().until(available, () -> state(context, planned.id()));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<NatGateway> found =
        find(context, state.id()).filter(one -> one.state() != NatGatewayState.DELETED);
    if (found.isEmpty()) {
      return false;
    }
    NatGateway gateway = found.get();
    NatGatewayAddress address =
        gateway.natGatewayAddresses().stream()
            .findFirst()
            .orElseGet(() -> NatGatewayAddress.builder().build());
    state
        .setText("allocation_id", address.allocationId())
        .setText("association_id", address.associationId())
        .set("connectivity_type", gateway.connectivityTypeAsString())
        .setText("network_interface_id", address.networkInterfaceId())
        .setText("private_ip", address.privateIp())
        .setText("public_ip", address.publicIp())
        .setTexts("secondary_allocation_ids", List.of())
        .set("secondary_private_ip_address_count", 0)
        .setTexts("secondary_private_ip_addresses", List.of())
        .set("subnet_id", gateway.subnetId());
    Ec2Calls.setTags(context, state, gateway.tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    Ec2Calls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteNatGatewayRequest.builder().natGatewayId(state.id()).build(),
        DeleteNatGatewayResponse.class);
    Waiter.Until gone =
        new Waiter.Until(
            Duration.ZERO,
            Duration.ofSeconds(10),
            context.timeout(state, "delete", Duration.ofMinutes(30)),
            List.of("deleting", "available", "pending"),
            List.of("deleted", ""));
    context.waiter().until(gone, () -> state(context, state.id()));
  }

  private static String state(Context context, String id) {
    return find(context, id).map(NatGateway::stateAsString).orElse("");
  }

  private static Optional<NatGateway> find(Context context, String id) {
    DescribeNatGatewaysRequest request =
        DescribeNatGatewaysRequest.builder().natGatewayIds(id).build();
    return context.findFirst(
        () -> context.call(request, DescribeNatGatewaysResponse.class).natGateways());
  }
}
