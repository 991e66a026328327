package dev.slipway.topology;

import dev.slipway.topology.End.Inside;
import dev.slipway.topology.End.Outside;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Turns places into ends. */
record Ends(Directory directory) {

  Optional<End> resolve(Place place) {
    return switch (place) {
      case Place.Interface known ->
          directory.networkInterface(known.networkInterfaceId()).map(this::inside);
      case Place.Planned planned -> directory.subnet(planned.subnetId()).map(s -> at(s, planned));
      case Place.Internet host -> Optional.of(new Outside(host.ip(), ""));
      case Place.AwsService service ->
          Optional.of(
              new Outside(
                  AwsAddresses.publicAddress(directory.network().region(), service.name()),
                  service.name()));
    };
  }

  Inside inside(NetworkInterface known) {
    return new Inside(
        known.networkInterfaceId(),
        known.vpcId(),
        known.subnetId(),
        known.groups().stream().map(GroupIdentifier::groupId).toList(),
        known.privateIpAddress(),
        known.association() != null && known.association().publicIp() != null,
        isShared(known) ? Ports.ANY_EPHEMERAL : Ports.LINUX_EPHEMERAL);
  }

  /** Load balancers and NAT gateways use the wide range of source ports. */
  private static boolean isShared(NetworkInterface known) {
    String type = String.valueOf(known.interfaceTypeAsString());
    return type.equals("nat_gateway")
        || type.endsWith("load_balancer")
        || "amazon-elb".equals(known.requesterId())
        || String.valueOf(known.description()).startsWith("ELB ");
  }

  private Inside at(Subnet subnet, Place.Planned planned) {
    List<String> groups = planned.securityGroupIds();
    if (groups.isEmpty()) {
      groups = directory.defaultGroup(subnet.vpcId()).map(SecurityGroup::groupId).stream().toList();
    }
    // Any address of the subnet would do; the fifth is the first that AWS gives away.
    String address = Cidr.text(Cidr.parse(subnet.cidrBlock()).first() + 4);
    return new Inside(
        subnet.subnetId(),
        subnet.vpcId(),
        subnet.subnetId(),
        groups,
        address,
        planned.publicIp(),
        Ports.LINUX_EPHEMERAL);
  }
}
