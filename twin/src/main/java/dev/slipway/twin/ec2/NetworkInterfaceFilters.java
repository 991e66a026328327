package dev.slipway.twin.ec2;

import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;

/** The filters of DescribeNetworkInterfaces. */
final class NetworkInterfaceFilters {

  private NetworkInterfaceFilters() {}

  static Filters<NetworkInterface> of(Kind<NetworkInterface> kind) {
    return Filters.of(kind)
        .on("network-interface-id", NetworkInterface::networkInterfaceId)
        .on("availability-zone", NetworkInterface::availabilityZone)
        .on("description", NetworkInterface::description)
        .on("interface-type", NetworkInterface::interfaceTypeAsString)
        .on("mac-address", NetworkInterface::macAddress)
        .on("owner-id", NetworkInterface::ownerId)
        .on("private-dns-name", NetworkInterface::privateDnsName)
        .on("private-ip-address", NetworkInterface::privateIpAddress)
        .on("requester-id", NetworkInterface::requesterId)
        .on("requester-managed", NetworkInterface::requesterManaged)
        .on("source-dest-check", NetworkInterface::sourceDestCheck)
        .on("status", NetworkInterface::statusAsString)
        .on("subnet-id", NetworkInterface::subnetId)
        .on("vpc-id", NetworkInterface::vpcId)
        .many("group-id", i -> i.groups().stream().map(GroupIdentifier::groupId))
        .many("group-name", i -> i.groups().stream().map(GroupIdentifier::groupName))
        .many(
            "addresses.private-ip-address",
            i ->
                i.privateIpAddresses().stream()
                    .map(NetworkInterfacePrivateIpAddress::privateIpAddress))
        .many(
            "addresses.primary",
            i -> i.privateIpAddresses().stream().map(NetworkInterfacePrivateIpAddress::primary))
        .many(
            "association.allocation-id",
            i -> association(i, NetworkInterfaceAssociation::allocationId))
        .many(
            "association.association-id",
            i -> association(i, NetworkInterfaceAssociation::associationId))
        .many(
            "association.ip-owner-id", i -> association(i, NetworkInterfaceAssociation::ipOwnerId))
        .many("association.public-ip", i -> association(i, NetworkInterfaceAssociation::publicIp))
        .many(
            "addresses.association.public-ip",
            i -> association(i, NetworkInterfaceAssociation::publicIp))
        .many(
            "attachment.attachment-id",
            i -> attachment(i, NetworkInterfaceAttachment::attachmentId))
        .many("attachment.instance-id", i -> attachment(i, NetworkInterfaceAttachment::instanceId))
        .many(
            "attachment.instance-owner-id",
            i -> attachment(i, NetworkInterfaceAttachment::instanceOwnerId))
        .many("attachment.status", i -> attachment(i, NetworkInterfaceAttachment::statusAsString));
  }

  private static Stream<?> association(
      NetworkInterface known, Function<NetworkInterfaceAssociation, ?> field) {
    return Stream.ofNullable(known.association()).map(field);
  }

  private static Stream<?> attachment(
      NetworkInterface known, Function<NetworkInterfaceAttachment, ?> field) {
    return Stream.ofNullable(known.attachment()).map(field);
  }
}
