package dev.slipway.twin.ec2;

import dev.slipway.topology.Cidr;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAssociation;

/** Public addresses, those of tasks and balancers as well as Elastic IPs. */
@Differs(
    value = "Public addresses come from the ranges for documentation and benchmarks.",
    because = "They must be nobody's: RFC 5737 and RFC 2544 set them aside.")
record PublicAddresses(World world, Stores stores) {

  private static final List<Cidr> POOLS =
      List.of(
          Cidr.parse("203.0.113.0/24"), Cidr.parse("198.51.100.0/24"), Cidr.parse("198.18.0.0/15"));

  String take() {
    Set<String> used = used();
    for (Cidr pool : POOLS) {
      int capacity = (int) pool.size() - 2;
      int start = world.ids().nextInt(capacity);
      for (int i = 0; i < capacity; i++) {
        String address = Cidr.text(pool.first() + 1 + (start + i) % capacity);
        if (!used.contains(address)) {
          return address;
        }
      }
    }
    throw AwsError.of("InsufficientAddressCapacity", "Not enough available addresses.");
  }

  /** Source: VPC user guide, DNS attributes: the public name of an address. */
  String nameOf(String address) {
    String domain =
        world.region().equals("us-east-1")
            ? "compute-1.amazonaws.com"
            : world.region() + ".compute.amazonaws.com";
    return "ec2-" + address.replace('.', '-') + "." + domain;
  }

  private Set<String> used() {
    Set<String> used = new HashSet<>();
    stores.addresses.all().forEach(a -> used.add(a.publicIp()));
    stores
        .networkInterfaces
        .all()
        .forEach(i -> {
          NetworkInterfaceAssociation association = i.association();
          if (association != null) {
            used.add(association.publicIp());
          }
        });
    return used;
  }
}
