package dev.slipway.twin.elbv2;

import dev.slipway.topology.Network;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Finds the subnet that an address lies in. */
final class Subnets {

  private Subnets() {}

  /** The zone of the subnet that contains an address of a VPC. */
  static Optional<String> zoneOf(Network network, String vpcId, String ip) {
    return network.subnets().stream()
        .filter(subnet -> vpcId.equals(subnet.vpcId()) && contains(subnet.cidrBlock(), ip))
        .map(Subnet::availabilityZone)
        .findFirst();
  }

  /** Whether an IPv4 block contains an address. */
  static boolean contains(String cidr, String ip) {
    String[] parts = cidr.split("/", -1);
    int length = Integer.parseInt(parts[1]);
    long mask = length == 0 ? 0 : 0xFFFFFFFFL << (32 - length) & 0xFFFFFFFFL;
    return (number(parts[0]) & mask) == (number(ip) & mask);
  }

  private static long number(String ip) {
    long number = 0;
    for (String part : ip.split("\\.", -1)) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }
}
