package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayAddress;
import software.amazon.awssdk.services.ec2.model.NatGatewayAddressStatus;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/**
 * The life of NAT gateways: pending, then available or failed, deleting, deleted, forgotten.
 * Source: VPC user guide, troubleshoot NAT gateways; timings as observed with Terraform.
 */
final class NatGateways {

  private static final Duration DECIDES = Duration.ofSeconds(5);
  private static final Duration COMES_UP = Duration.ofSeconds(85);
  private static final Duration GOES_DOWN = Duration.ofSeconds(45);
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final World world;
  private final Stores stores;
  private final Deadlines deadlines;
  private final Interfaces interfaces;
  private final Elastic elastic;
  private final Blackholes blackholes;

  NatGateways(World world, Stores stores, Deadlines deadlines) {
    this.world = world;
    this.stores = stores;
    this.deadlines = deadlines;
    this.interfaces = new Interfaces(world, stores);
    this.elastic = new Elastic(world, stores);
    this.blackholes = new Blackholes(stores);
    deadlines.on(stores.natGateways.kind(), this::proceed);
  }

  void begin(NatGateway nat) {
    stores.natGateways.put(nat);
    deadlines.set(nat.natGatewayId(), DECIDES);
  }

  void delete(NatGateway nat) {
    if (nat.state() == NatGatewayState.DELETING || nat.state() == NatGatewayState.DELETED) {
      return;
    }
    stores.natGateways.put(
        nat.toBuilder().state(NatGatewayState.DELETING).deleteTime(world.now()).build());
    deadlines.set(nat.natGatewayId(), GOES_DOWN);
  }

  private void proceed(String id) {
    NatGateway nat = stores.natGateways.require(id);
    switch (nat.state()) {
      case PENDING -> {
        if (addressOf(nat).networkInterfaceId() == null) {
          provision(nat);
        } else {
          comeUp(nat);
        }
      }
      case DELETING -> goDown(nat);
      default -> stores.natGateways.remove(id);
    }
  }

  private void provision(NatGateway nat) {
    Optional<AwsError> failure = failure(nat);
    if (failure.isPresent()) {
      fail(nat, failure.get());
      return;
    }
    NetworkInterface made;
    try {
      made =
          interfaces.createManaged(
              new NetworkInterfaces.Order(
                  nat.subnetId(),
                  List.of(),
                  false,
                  "Interface for NAT Gateway " + nat.natGatewayId(),
                  "nat_gateway",
                  "amazon-aws"));
    } catch (AwsError e) {
      fail(
          nat,
          e.code().equals("InsufficientFreeAddressesInSubnet")
              ? AwsError.of(
                  e.code(), "Subnet has insufficient free addresses to create this NAT gateway")
              : e);
      return;
    }
    // A NAT gateway is in no security group.
    made = stores.networkInterfaces.put(made.toBuilder().groups(List.of()).build());
    NatGatewayAddress.Builder address =
        addressOf(nat).toBuilder()
            .networkInterfaceId(made.networkInterfaceId())
            .privateIp(made.privateIpAddress())
            .isPrimary(true);
    String allocation = addressOf(nat).allocationId();
    if (allocation != null) {
      Address mapped = elastic.map(stores.addresses.require(allocation), made);
      address.publicIp(mapped.publicIp()).associationId(mapped.associationId());
    }
    stores.natGateways.put(nat.toBuilder().natGatewayAddresses(address.build()).build());
    deadlines.set(nat.natGatewayId(), COMES_UP);
  }

  private Optional<AwsError> failure(NatGateway nat) {
    String allocation = addressOf(nat).allocationId();
    if (allocation == null) {
      return Optional.empty();
    }
    if (!stores.internetGateways.any(g -> InternetGatewayApi.isAttached(g, nat.vpcId()))) {
      return Optional.of(
          AwsError.of(
              "Gateway.NotAttached",
              "Network %s has no Internet gateway attached".formatted(nat.vpcId())));
    }
    Optional<Address> address = stores.addresses.find(allocation);
    if (address.isEmpty()) {
      return Optional.of(
          AwsError.of(
              "InvalidAllocationID.NotFound",
              "Elastic IP address %s could not be associated with this NAT gateway"
                  .formatted(allocation)));
    }
    return address
        .filter(a -> a.associationId() != null)
        .map(a ->
            AwsError.of(
                "Resource.AlreadyAssociated",
                "Elastic IP address %s is already associated".formatted(allocation)));
  }

  private void fail(NatGateway nat, AwsError failure) {
    stores.natGateways.put(
        nat.toBuilder()
            .state(NatGatewayState.FAILED)
            .failureCode(failure.code())
            .failureMessage(failure.getMessage())
            .deleteTime(world.now())
            .build());
    deadlines.set(nat.natGatewayId(), REMEMBERED);
  }

  private void comeUp(NatGateway nat) {
    NatGatewayAddress address =
        addressOf(nat).toBuilder().status(NatGatewayAddressStatus.SUCCEEDED).build();
    stores.natGateways.put(
        nat.toBuilder().state(NatGatewayState.AVAILABLE).natGatewayAddresses(address).build());
  }

  private void goDown(NatGateway nat) {
    String networkInterface = addressOf(nat).networkInterfaceId();
    if (networkInterface != null) {
      elastic.unmapAll(networkInterface);
      interfaces.delete(networkInterface);
    }
    stores.natGateways.put(nat.toBuilder().state(NatGatewayState.DELETED).build());
    blackholes.targetGone(nat.natGatewayId());
    deadlines.set(nat.natGatewayId(), REMEMBERED);
  }

  private static NatGatewayAddress addressOf(NatGateway nat) {
    return nat.natGatewayAddresses().isEmpty()
        ? NatGatewayAddress.builder().build()
        : nat.natGatewayAddresses().getFirst();
  }
}
