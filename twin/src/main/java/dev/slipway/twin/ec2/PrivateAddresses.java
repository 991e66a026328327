package dev.slipway.twin.ec2;

import dev.slipway.topology.Cidr;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * The private addresses of subnets. The first four and the last are AWS's own. Source: VPC user
 * guide, subnet sizing.
 */
record PrivateAddresses(World world, Stores stores) {

  private static final int RESERVED_AT_START = 4;
  private static final int RESERVED = 5;

  /** A free address, from anywhere in the subnet. */
  String take(Subnet subnet) {
    Cidr block = Cidr.parse(subnet.cidrBlock());
    Set<String> used = used(subnet.subnetId());
    int capacity = (int) block.size() - RESERVED;
    if (used.size() >= capacity) {
      throw exhausted();
    }
    int start = world.ids().nextInt(capacity);
    for (int i = 0; i < capacity; i++) {
      int offset = RESERVED_AT_START + (start + i) % capacity;
      String address = Cidr.text(block.first() + offset);
      if (!used.contains(address)) {
        return address;
      }
    }
    throw exhausted();
  }

  /** A certain address, if it is free. */
  String take(Subnet subnet, String address) {
    Cidr block = Cidr.parse(subnet.cidrBlock());
    if (!Cidr.isValid(address + "/32") || !block.contains(address) || isReserved(block, address)) {
      throw AwsError.of(
          "InvalidParameterValue", "Address does not fall within the subnet's address range");
    }
    if (used(subnet.subnetId()).contains(address)) {
      throw AwsError.of("InvalidIPAddress.InUse", "Address " + address + " is in use.");
    }
    return address;
  }

  /** How many addresses are free. */
  int free(Subnet subnet) {
    return (int) Cidr.parse(subnet.cidrBlock()).size() - RESERVED - used(subnet.subnetId()).size();
  }

  private static boolean isReserved(Cidr block, String address) {
    long offset = Cidr.address(address) - block.first();
    return offset < RESERVED_AT_START || offset == block.size() - 1;
  }

  private Set<String> used(String subnetId) {
    return stores.networkInterfaces.all().stream()
        .filter(i -> subnetId.equals(i.subnetId()))
        .map(NetworkInterface::privateIpAddresses)
        .flatMap(a -> a.stream().map(NetworkInterfacePrivateIpAddress::privateIpAddress))
        .collect(Collectors.toSet());
  }

  private static AwsError exhausted() {
    return AwsError.of(
        "InsufficientFreeAddressesInSubnet",
        "The specified subnet does not have enough free addresses to satisfy the request.");
  }
}
