package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Makes, changes and deletes network interfaces, for services and for customers. */
final class Interfaces {

  /** Source: VPC user guide, quotas: security groups per network interface. */
  private static final int GROUPS_PER_INTERFACE = 5;

  private final World world;
  private final Stores stores;
  private final PrivateAddresses privateAddresses;
  private final PublicAddresses publicAddresses;
  private final Blackholes blackholes;

  Interfaces(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.privateAddresses = new PrivateAddresses(world, stores);
    this.publicAddresses = new PublicAddresses(world, stores);
    this.blackholes = new Blackholes(stores);
  }

  /** An interface that a service of AWS keeps, attached and in use. */
  NetworkInterface createManaged(NetworkInterfaces.Order order) {
    Subnet subnet = stores.subnets.require(order.subnetId());
    NetworkInterface made =
        blank(subnet, order.securityGroupIds(), Optional.empty()).toBuilder()
            .description(order.description())
            .interfaceType(order.interfaceType())
            .requesterId(order.requesterId())
            .requesterManaged(true)
            .status(NetworkInterfaceStatus.IN_USE)
            .sourceDestCheck(!order.interfaceType().equals("nat_gateway"))
            .build();
    made =
        made.toBuilder()
            .attachment(a ->
                a.attachmentId(world.ids().ec2("ela-attach"))
                    .attachTime(world.now())
                    .deleteOnTermination(false)
                    .deviceIndex(1)
                    .instanceOwnerId(order.requesterId())
                    .status(AttachmentStatus.ATTACHED))
            .build();
    if (order.publicIp()) {
      String address = publicAddresses.take();
      String owner = order.requesterId().equals("amazon-elb") ? "amazon-elb" : "amazon";
      made = withAssociation(made, association(address, owner).build());
    }
    return stores.networkInterfaces.put(made);
  }

  /** An interface that a customer makes; it is not attached to anything. */
  NetworkInterface createOwn(
      String subnetId,
      List<String> groupIds,
      Optional<String> address,
      String description,
      List<Tag> tags) {
    Subnet subnet = stores.subnets.require(subnetId);
    return stores.networkInterfaces.put(
        blank(subnet, groupIds, address).toBuilder()
            .description(description)
            .interfaceType("interface")
            .requesterManaged(false)
            .status(NetworkInterfaceStatus.AVAILABLE)
            .sourceDestCheck(true)
            .tagSet(tags)
            .build());
  }

  void setGroups(String id, List<String> groupIds) {
    NetworkInterface known = stores.networkInterfaces.require(id);
    List<GroupIdentifier> groups = groups(known.vpcId(), groupIds);
    stores.networkInterfaces.update(id, i -> i.toBuilder().groups(groups).build());
  }

  void delete(String id) {
    stores.networkInterfaces.remove(id);
    blackholes.targetGone(id);
  }

  /** Refuses what only the service that keeps an interface may do. */
  static void requireOwn(NetworkInterface known) {
    if (Boolean.TRUE.equals(known.requesterManaged())) {
      throw notYours();
    }
  }

  static AwsError notYours() {
    return AwsError.of(
        "AuthFailure", "You do not have permission to access the specified resource.");
  }

  /** The public side of an interface, before its ids are known. */
  NetworkInterfaceAssociation.Builder association(String publicIp, String owner) {
    return NetworkInterfaceAssociation.builder()
        .publicIp(publicIp)
        .publicDnsName(publicAddresses.nameOf(publicIp))
        .ipOwnerId(owner);
  }

  /** The interface with another public side, or none when it is null. */
  static NetworkInterface withAssociation(
      NetworkInterface known, NetworkInterfaceAssociation association) {
    List<NetworkInterfacePrivateIpAddress> addresses =
        known.privateIpAddresses().stream()
            .map(a ->
                Boolean.TRUE.equals(a.primary())
                    ? a.toBuilder().association(association).build()
                    : a)
            .toList();
    return known.toBuilder().association(association).privateIpAddresses(addresses).build();
  }

  private NetworkInterface blank(Subnet subnet, List<String> groupIds, Optional<String> wanted) {
    List<GroupIdentifier> groups = groups(subnet.vpcId(), groupIds);
    new Quotas(stores).checkNetworkInterfaces();
    String address =
        wanted
            .map(a -> privateAddresses.take(subnet, a))
            .orElseGet(() -> privateAddresses.take(subnet));
    String name = privateName(world.region(), address);
    return NetworkInterface.builder()
        .networkInterfaceId(stores.networkInterfaces.newId())
        .vpcId(subnet.vpcId())
        .subnetId(subnet.subnetId())
        .availabilityZone(subnet.availabilityZone())
        .ownerId(world.account())
        .macAddress(macAddress())
        .privateIpAddress(address)
        .privateDnsName(name)
        .privateIpAddresses(
            NetworkInterfacePrivateIpAddress.builder()
                .primary(true)
                .privateIpAddress(address)
                .privateDnsName(name)
                .build())
        .ipv6Addresses(List.of())
        .groups(groups)
        .tagSet(List.of())
        .build();
  }

  private List<GroupIdentifier> groups(String vpcId, List<String> groupIds) {
    if (groupIds.size() > GROUPS_PER_INTERFACE) {
      throw AwsError.of(
          "SecurityGroupsPerInterfaceLimitExceeded",
          "The maximum number of security groups per interface has been reached.");
    }
    List<SecurityGroup> groups =
        groupIds.isEmpty()
            ? stores.securityGroups.where(
                g -> vpcId.equals(g.vpcId()) && g.groupName().equals("default"))
            : groupIds.stream().distinct().map(stores.securityGroups::require).toList();
    if (groups.stream().anyMatch(g -> !g.vpcId().equals(vpcId))) {
      throw AwsError.of(
          "InvalidParameterValue",
          "You have specified two resources that belong to different networks.");
    }
    return groups.stream()
        .map(g -> GroupIdentifier.builder().groupId(g.groupId()).groupName(g.groupName()).build())
        .toList();
  }

  static String privateName(String region, String address) {
    String domain = region.equals("us-east-1") ? "ec2.internal" : region + ".compute.internal";
    return "ip-" + address.replace('.', '-') + "." + domain;
  }

  private String macAddress() {
    StringBuilder text = new StringBuilder("0a");
    for (int i = 0; i < 5; i++) {
      text.append(':').append(world.ids().hex(2));
    }
    return text.toString();
  }
}
