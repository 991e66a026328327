package dev.slipway.twin.ec2;

import dev.slipway.twin.world.World;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** Maps Elastic IP addresses to network interfaces, and takes them off again. */
record Elastic(World world, Stores stores, Interfaces interfaces) {

  Elastic(World world, Stores stores) {
    this(world, stores, new Interfaces(world, stores));
  }

  /** Maps the address and returns it. */
  Address map(Address address, NetworkInterface to) {
    String association = world.ids().ec2("eipassoc");
    stores.networkInterfaces.put(
        Interfaces.withAssociation(
            to,
            interfaces
                .association(address.publicIp(), world.account())
                .allocationId(address.allocationId())
                .associationId(association)
                .build()));
    return stores.addresses.put(
        address.toBuilder()
            .associationId(association)
            .networkInterfaceId(to.networkInterfaceId())
            .networkInterfaceOwnerId(world.account())
            .privateIpAddress(to.privateIpAddress())
            .build());
  }

  /** Takes the address off its interface. */
  void unmap(Address address) {
    stores.networkInterfaces.update(
        address.networkInterfaceId(), i -> Interfaces.withAssociation(i, null));
    stores.addresses.put(
        address.toBuilder()
            .associationId(null)
            .networkInterfaceId(null)
            .networkInterfaceOwnerId(null)
            .privateIpAddress(null)
            .build());
  }

  /** Takes every address off an interface that is about to go. */
  void unmapAll(String networkInterfaceId) {
    stores
        .addresses
        .where(a -> networkInterfaceId.equals(a.networkInterfaceId()))
        .forEach(this::unmap);
  }
}
